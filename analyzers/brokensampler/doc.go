// Package brokensampler defines an Analyzer that reports tracer providers whose
// set-up breaks traces.
//
// # Rule
//
// brokensampler: report samplers, exporters and resources by which traces come with holes, late, or not at all
//
// A trace is whole only if all services that it goes through keep it, or none. A
// sampler that decides by itself keeps a tenth of each trace's spans, and
// another tenth in the next service.
//
// # Example
//
//	func provider(exporter sdktrace.SpanExporter) *sdktrace.TracerProvider {
//		return sdktrace.NewTracerProvider(
//			sdktrace.WithBatcher(exporter),
//			sdktrace.WithSampler(sdktrace.TraceIDRatioBased(0.1)),
//		)
//	}
//
// # Use instead
//
//	func provider(exporter sdktrace.SpanExporter) *sdktrace.TracerProvider {
//		return sdktrace.NewTracerProvider(
//			sdktrace.WithBatcher(exporter),
//			sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(0.1))),
//		)
//	}
//
// # ratio
//
// The sampler is TraceIDRatioBased without ParentBased around it. Of 1000 traces
// that the caller has sampled, a service with a ratio of 0.1 keeps its part of
// 98: the others have a hole where the service is.
//
// # always
//
// The sampler is AlwaysSample without ParentBased around it. Of 1000 traces that
// the caller has not sampled, the service exports its part of 1000: fragments,
// which nothing belongs to.
//
// # sync
//
// Spans go to another system one by one, when they end: a handler waits in
// span.End for each of its spans to be exported. With a batch the same call took
// microseconds.
//
// # twice
//
// Two processors of the provider have the same exporter, so that every span
// arrives twice.
//
// # resource
//
// Only with the option nameless. The resource has no service.name, which the provider's own would have had: the
// backend shows the spans under no service, unless the environment of the
// process names one (OTEL_SERVICE_NAME).
//
// # merged
//
// Of two resources that are merged the second one wins, and resource.Default
// names the service as well: unknown_service, followed by the name of the program.
//
// # endpoint
//
// The endpoint of an OTLP exporter is a constant that cannot work: WithEndpoint
// takes host and port, and a scheme before them makes every export fail;
// otlptracehttp.WithEndpointURL takes the whole URL, and without a path the
// exporter posts to / where a collector expects /v1/traces.
//
// # Fix safety
//
// ParentBased around a sampler leaves its decision as it is for traces that
// start here. A batch has to be shut down, or its last spans are lost: see the rule
// noshutdown. The fixes for merged and endpoint change what never worked.
//
// # Limits
//
// Silence unless proven. Nothing is said of
//
//   - samplers and exporters that the user chooses by name, or one of which asks
//     the caller;
//   - AlwaysSample, and exporters without a batch, in a branch of which there is
//     another one;
//   - providers that only write to memory or to an output of the process, packages
//     of tests and examples;
//   - exporters without a batch in functions that are frozen between requests;
//   - attributes and options that are not seen.
//
// # Options
//
//   - -brokensampler.nameless: report resources without service.name, too. Off by
//     default, since many programs get the name from their environment.
//
// # References
//
//   - OpenTelemetry specification, Tracing SDK, ParentBased:
//     https://opentelemetry.io/docs/specs/otel/trace/sdk/#parentbased
//   - go.opentelemetry.io/otel/sdk/trace v1.47.0, WithSyncer: "This is not
//     recommended for production use."
package brokensampler
