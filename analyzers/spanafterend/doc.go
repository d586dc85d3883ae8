// Package spanafterend defines an Analyzer that reports spans that are used
// after their end, or ended at the wrong time or by the wrong function.
//
// # Rule
//
// spanafterend: report spans that are used after their end, or ended at the wrong time
//
// What is recorded on a span after its end is dropped without a word:
// attributes, events, errors, the status and the name. So the end has to come
// last, at the right time, and from the function that owns the span.
//
// # Example
//
//	func save(ctx context.Context) error {
//		ctx, span := tracer.Start(ctx, "save")
//		err := write(ctx)
//		span.End()
//		if err != nil {
//			span.SetStatus(codes.Error, err.Error())
//		}
//		return err
//	}
//
//	func write(ctx context.Context) error { return ctx.Err() }
//
// # Use instead
//
//	func save(ctx context.Context) error {
//		ctx, span := tracer.Start(ctx, "save")
//		defer span.End()
//		err := write(ctx)
//		if err != nil {
//			span.SetStatus(codes.Error, err.Error())
//		}
//		return err
//	}
//
//	func write(ctx context.Context) error { return ctx.Err() }
//
// # after-end
//
// A call records data on the span, and on some path that leads to it the span
// has ended.
//
// # deferred-status
//
// Deferred calls run in reverse order. A deferred function that sets the
// status, and that is deferred before the End is, runs when the span has ended.
//
// # borrowed
//
// A handler ends the span that it takes out of the context of its request.
// That span belongs to the instrumentation of the server, which goes on
// recording on it when the handler has returned: the status code, for one.
//
// # defer-in-loop
//
// A deferred End in the body of a loop runs when the function returns. The
// spans of all iterations stay open until then, and show the wrong duration; in
// a loop that does not end they are never exported. Where the context of such a span
// is used behind the loop, as for a batch, it is meant to stay open.
//
// # ended-early
//
// The end is the very next call after the start, and not deferred, but the
// context of the span is passed on after that: the span measures nothing, and
// the work that it was meant for happens outside.
//
// # Fix safety
//
// An End that comes too early is moved behind the last call that records, if
// nothing that stands in between leaves the block. A deferred End is
// moved up to the start of the span, so that it runs last. The End of a
// borrowed span is removed. An End that should have been deferred becomes a
// defer. The body of a loop is put into a function literal that is called on
// the spot, unless something in it leaves the loop or defers, or there is nothing in it
// but the span.
//
// Where none of this is possible without a change of what else the program
// does, there is no fix.
//
// # Limits
//
// Silence unless proven. Nothing is reported of
//
//   - a second end: it is harmless;
//   - calls that read the span (SpanContext, IsRecording) after its end, and
//     children that are started in its context;
//   - a call that comes after the end only in a goroutine or a callback, whose
//     order is not known;
//   - the end of a borrowed span in a function that serves no request as far as
//     its parameters tell: it may be one half of a pair of hooks, or a helper;
//   - the end of a borrowed span in a package that leaves open spans on
//     requests;
//   - a span that is ended at once but had attributes or events set: it may be
//     a mark in the trace, set on purpose.
//
// # Options
//
// None.
//
// # References
//
//   - OpenTelemetry specification, Trace API, End:
//     https://opentelemetry.io/docs/specs/otel/trace/api/#end
//   - go.opentelemetry.io/otel/sdk v1.47.0, sdk/trace/span.go: every setter
//     returns at once if the span does not record any more.
package spanafterend
