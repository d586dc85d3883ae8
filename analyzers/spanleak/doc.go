// Package spanleak defines an Analyzer that reports spans that are not ended
// on every path.
//
// # Rule
//
// spanleak: report spans that are not ended on every path
//
// A span is exported when it ends, and at no other time: shutting the tracer
// provider down does not export a span that is still open. Its children are
// exported, and point to a parent that never arrives. So every span that a
// function starts has to be ended on every way out of the function, unless the
// function hands it over to somebody who ends it.
//
// The rule knows the start functions of OpenTelemetry, OpenTracing and
// OpenCensus, and infers the ones of your own: a function that returns an open
// span, a struct or an interface that holds one, or a function that ends one,
// makes its caller responsible. Helpers that end a span that they are given are
// inferred as well. Both work across packages, and need no configuration.
//
// # Example
//
// An early return leaves the span open:
//
//	func handle(c *gin.Context) {
//		ctx, span := tracer.Start(c.Request.Context(), "handle")
//		if err := load(ctx); err != nil {
//			c.AbortWithStatus(http.StatusInternalServerError)
//			return
//		}
//		c.Status(http.StatusNoContent)
//		span.End()
//	}
//
//	func load(ctx context.Context) error { return ctx.Err() }
//
// # Use instead
//
// A deferred End covers every path, panics included. It is the direct call
// that is deferred, and not a function literal around it: only the direct form
// records a panic on the span.
//
//	func handle(c *gin.Context) {
//		ctx, span := tracer.Start(c.Request.Context(), "handle")
//		defer span.End()
//		if err := load(ctx); err != nil {
//			c.AbortWithStatus(http.StatusInternalServerError)
//			return
//		}
//		c.Status(http.StatusNoContent)
//	}
//
//	func load(ctx context.Context) error { return ctx.Err() }
//
// # never-ended
//
// No path ends the span.
//
// # path
//
// Some paths end the span, or hand it over, but not the one that the finding
// names: an early return, a continue in a loop, a panic that is recovered from.
// If there are several, the first one in the file is named.
//
// # discarded
//
// The span is assigned to the blank identifier, or the result of the call is
// not used at all, and nobody ends it through its context either.
//
// # replaced
//
// The variable gets another value while its span is open, and nothing else
// refers to that span.
//
// # Fix safety
//
// The fix adds a deferred End right after the start, so that it runs last of
// the deferred calls, after those that record errors. Ends that are there
// already stay: ending a span twice is harmless. A discarded span gets a name
// first. In a loop, where a defer would keep the spans of all iterations open
// until the function returns, an explicit End is added before each way out of
// the iteration.
//
// There is no fix where it could do harm: if the span is handed over on some
// path; if the function that starts it may return nil or an error; if the
// value that holds the span is one of your own types and something ends it
// already, since that may do more than end a span; if ending it takes an
// argument; or if the result of a return is computed in the span's context.
//
// # Limits
//
// Silence unless proven. Nothing is reported of a span that
//
//   - is returned, stored in a field, a map, a slice or a channel, given to a
//     goroutine, or passed to code that is not seen (a function value, an
//     interface of another module): it has another owner. An unexported field
//     that nothing in its package takes the span out of is no owner, though;
//   - is left in a context that is returned, or that is put on a request which
//     is not served in the same function, or in a package that ends spans that
//     it takes out of contexts: hooks come in pairs; or, if it has no name of its own, is
//     given to a method of an interface in its context;
//   - does not record, as far as the code has asked (IsRecording, IsValid,
//     IsSampled);
//   - is open when the program exits (os.Exit, log.Fatal) or panics with nobody
//     in sight who recovers;
//   - is started in a test file or in generated code.
//
// Conditions are compared by what they look like: a path on which enabled() is
// first true and then false is not considered. A function too complex to
// simulate (more than some 20,000 visits of its basic blocks for one span) is
// passed over.
//
// # Options
//
// None.
//
// # References
//
//   - OpenTelemetry specification, Trace API, End:
//     https://opentelemetry.io/docs/specs/otel/trace/api/#end
//   - go.opentelemetry.io/otel/trace v1.47.0, tracer.go: the documentation of
//     Tracer.Start makes the caller responsible for the end.
package spanleak
