// Package nopropagator defines an Analyzer that reports programs in which no
// trace goes beyond the process.
//
// # Rule
//
// nopropagator: report programs that set a tracer provider and no propagator, and traces that are passed on by hand
//
// The propagator that OpenTelemetry starts with writes no headers and reads
// none. A program that sets a tracer provider alone records spans, but in a
// running system each of its requests is a trace of its own: what the caller
// sent is ignored, and nothing is sent to the callee.
//
// # Example
//
//	func main() {
//		tp := sdktrace.NewTracerProvider()
//		defer tp.Shutdown(context.Background())
//		otel.SetTracerProvider(tp)
//		http.ListenAndServe(":8080", otelhttp.NewHandler(http.DefaultServeMux, "server"))
//	}
//
// # Use instead
//
//	func main() {
//		tp := sdktrace.NewTracerProvider()
//		defer tp.Shutdown(context.Background())
//		otel.SetTracerProvider(tp)
//		otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
//		http.ListenAndServe(":8080", otelhttp.NewHandler(http.DefaultServeMux, "server"))
//	}
//
// # unset
//
// The program sets a tracer provider of the SDK, and instruments a server or a
// client that goes by the program's propagator, or asks for that itself. Nothing
// in it sets one: not package main, not what it imports. A function of a package
// that would set one does not count as long as no code leads to it. Where the provider is
// set in another package, the finding stands on the call in package main that
// leads there, or on the import if no call does.
//
// # empty
//
// The propagator is a composite of no propagators. It does what the one does
// that OpenTelemetry starts with: nothing.
//
// # by-hand
//
// The header traceparent is put together from ids. What a propagator would
// have sent with it, tracestate and baggage, is lost; if the header always says
// that the trace is sampled, the callee records traces of which the caller has
// recorded nothing.
//
// # unsampled
//
// Spans are started under a span context that is put together from the ids of a
// trace, without its flags. Without flags the trace is not sampled, as far as it
// says: the SDK's own sampler, which asks the parent, records none of these spans.
// span.SpanContext() has ids and flags, and is all that it takes in one process.
//
// # Fix safety
//
// The fix sets the propagator of the W3C Trace Context and of Baggage after the
// provider, where that is a statement of package main. A program that is called
// by others joins their traces from then on, and sampling goes by their
// decision: that is what the instrumentation is there for. For headers
// written by hand there is no fix.
//
// # Limits
//
// Silence unless proven. Nothing is said of
//
//   - programs that use a distribution of OpenTelemetry, or another package that
//     goes by its configuration or the environment;
//   - programs of which a package was not analysed;
//   - libraries: it is the program that sets the propagator;
//   - providers that are set through an interface or by a framework that calls
//     constructors by itself;
//   - headers that are passed on as they came, and those that propagators and
//     tests write;
//   - span contexts that are links, or whose flags are set, copied, or not known.
//
// # Options
//
// None.
//
// # References
//
//   - OpenTelemetry specification, Propagators API, Global Propagators: "The
//     OpenTelemetry API MUST use no-op propagators unless explicitly configured
//     otherwise." https://opentelemetry.io/docs/specs/otel/context/api-propagators/#global-propagators
//   - W3C Trace Context: https://www.w3.org/TR/trace-context/
package nopropagator
