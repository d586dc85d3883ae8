// Package staleparent defines an Analyzer that reports work that is done under
// an older span than the one that was started for it.
//
// # Rule
//
// staleparent: report work under an older span than the one started for it
//
// The context that Start returns carries the new span. If it is dropped, and
// the older one is passed on while the span is open, what is done there becomes
// a sibling of the span in place of its child: the span shows no work in it, and
// attributes and errors that are recorded through the context go to its parent.
//
// # Example
//
// The context is dropped, and the older one used:
//
//	func place(ctx context.Context, id string) error {
//		_, span := tracer.Start(ctx, "place")
//		defer span.End()
//		return charge(ctx, id)
//	}
//
//	func charge(ctx context.Context, id string) error {
//		_, span := tracer.Start(ctx, "charge")
//		defer span.End()
//		return ctx.Err()
//	}
//
// A middleware keeps the context of its span to itself:
//
//	func auth(next http.Handler) http.Handler {
//		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
//			ctx, span := tracer.Start(r.Context(), "auth")
//			defer span.End()
//			if ctx.Err() == nil {
//				next.ServeHTTP(w, r)
//			}
//		})
//	}
//
// # Use instead
//
//	func place(ctx context.Context, id string) error {
//		ctx, span := tracer.Start(ctx, "place")
//		defer span.End()
//		return charge(ctx, id)
//	}
//
//	func charge(ctx context.Context, id string) error {
//		_, span := tracer.Start(ctx, "charge")
//		defer span.End()
//		return ctx.Err()
//	}
//
//	func auth(next http.Handler) http.Handler {
//		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
//			ctx, span := tracer.Start(r.Context(), "auth")
//			defer span.End()
//			if ctx.Err() == nil {
//				next.ServeHTTP(w, r.WithContext(ctx))
//			}
//		})
//	}
//
// # dropped-context
//
// The context of a span is dropped, or has a name that nothing uses, and the
// older one is used for traced work while the span is open.
//
// # older-context
//
// The context of a span has its uses, and traced work is given the older one all
// the same while the span is open: nothing that is traced gets the new one, or work
// that comes later does; or a function is given the request, and takes the older
// context out of that.
//
// # climbing
//
// A loop gives Start the context that it returned in the iteration before:
// each span is a child of the one before, which has ended. Or it gives Extract
// the context that this returned for the message before: a message that brings
// no header joins the trace of that one. A function literal that a loop calls, or
// that is given to a function which tries again, is no different.
//
// # middleware
//
// The span of a middleware or an interceptor is open while the handlers run, and
// they are given the context from before it.
//
// # returned
//
// A function returns the context of a span that it has started from its caller's
// context, and ends the span when it returns: what the caller starts next is a child
// of a span that is over, and not of the caller's own. Returns with an error do not count,
// nor does a span whose context was injected into a carrier.
//
// # unused-result
//
// The result of a call whose only effect that is, such as r.WithContext(ctx) or
// propagator.Extract(ctx, carrier), is dropped.
//
// # Fix safety
//
// A dropped context is assigned to the variable of the older one, or the later
// uses are given its name; in a loop both variables are declared anew; in a
// middleware the context is put on the request before the handlers run; a
// dropped result is assigned to what it is a new form of. Each is type-checked
// first, and not offered where an older context would be lost for what comes
// after the block.
//
// With net/http, a request that is replaced is a copy: a ServeMux further in
// writes the matched pattern on the copy, and an otelhttp.Handler further out
// names its span without it. Instrument inside of the mux.
//
// # Limits
//
// Silence unless proven. Traced work is a start, a call of a known client, a
// function of the module that leads to one, or a method of an interface of the
// module. If the new context is given to traced work first, and the older one
// after that, nothing is said: the span may be about the first part alone. Nor is it
// of a span that is handed over, that is put into a context by hand, or that may have
// ended before the use. Function values are not followed, nor are contexts in
// fields.
//
// # Options
//
// None.
//
// # References
//
//   - OpenTelemetry specification, Trace API, Span Creation:
//     https://opentelemetry.io/docs/specs/otel/trace/api/#span-creation
package staleparent
