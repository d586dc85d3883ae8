// Package noshutdown defines an Analyzer that reports tracer providers which
// lose their last spans when the program ends.
//
// # Rule
//
// noshutdown: report tracer providers that are not shut down, or too late
//
// A provider with a batch exports its spans every few seconds. What is in the
// batch when the process ends is exported by Shutdown, and by nothing else: in
// a running program without it the last spans are gone, among them those of the
// request that brought it down.
//
// # Example
//
//	func main() {
//		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
//		defer stop()
//		tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter))
//		otel.SetTracerProvider(tp)
//		<-ctx.Done()
//		tp.Shutdown(ctx)
//	}
//
//	var exporter sdktrace.SpanExporter
//
// # Use instead
//
//	func main() {
//		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
//		defer stop()
//		tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter))
//		otel.SetTracerProvider(tp)
//		<-ctx.Done()
//		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
//		defer cancel()
//		tp.Shutdown(ctx)
//	}
//
//	var exporter sdktrace.SpanExporter
//
// # never
//
// Nothing in the program shuts the provider down. It is followed through the
// functions that return it, or a function that shuts it down, or a struct that
// holds it; the finding stands where the program lets it go. If that is in an init
// function of another package, or in a command that a variable of it holds, it stands
// on the import of that package in package main.
//
// # cancelled
//
// The provider is shut down with a context that has ended: its Done channel has
// been received from, its cancel function was called, the program has been
// told to stop by the signal that ends it, or a goroutine that stops the server has
// waited for it. Shutdown then returns "context
// canceled" at once.
//
// # skipped
//
// The shutdown is deferred, and the program ends by os.Exit, log.Fatal or the
// like, which run no deferred calls. Only the end of a program that has run
// counts: the error that a server or the program's main command returns, or an
// exit that comes in any case, be it in a goroutine that waits for the signal and
// does nothing else.
//
// # at-once
//
// A function that sets tracing up, and does nothing else, defers the shutdown of
// the provider or of its exporter. It comes back at once, and the program runs
// without them: a provider that was shut down records nothing, and an exporter that
// was drops what it gets. The function has to return the shutdown instead.
//
// # Fix safety
//
// The fix for cancelled gives Shutdown a context of its own, with a timeout of
// five seconds: the process may take that much longer to end. In the other cases
// there is no fix: where the provider is to be shut down, and what the exit code
// is to be, is for the author to say.
//
// # Limits
//
// Silence unless proven. Nothing is said of
//
//   - providers that are given to code which is not seen: a framework's hooks, a
//     list of things to close, another module;
//   - providers that something in the program could take back from OpenTelemetry and
//     shut down;
//   - providers whose processors are not seen, or export each span at once;
//   - programs that wait forever, and so end by a kill only;
//   - exits before the server has run: there is little to lose.
//
// # Options
//
// None.
//
// # References
//
//   - OpenTelemetry specification, Tracing SDK, Shutdown:
//     https://opentelemetry.io/docs/specs/otel/trace/sdk/#shutdown
//   - os.Exit: "The program terminates immediately; deferred functions are not
//     run." https://pkg.go.dev/os#Exit
package noshutdown
