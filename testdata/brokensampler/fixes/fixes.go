// Package fixes has what can be put right in place.
package fixes

import (
	"context"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// The package has another name here.
func parentBased(ctx context.Context) *sdk.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	return sdk.NewTracerProvider(
		sdk.WithBatcher(exp),
		// One in twenty.
		sdk.WithSampler(sdk.TraceIDRatioBased(0.05 /* of all */)), // want `the sampler ignores the caller's decision`
	)
}

// The variable keeps its type, which is the interface.
func parentBasedVariable(ctx context.Context) *sdk.TracerProvider {
	exp, _ := otlptracegrpc.New(ctx)
	var s sdk.Sampler = sdk.AlwaysSample() // want `the sampler ignores the caller's decision`
	return sdk.NewTracerProvider(sdk.WithBatcher(exp), sdk.WithSampler(s))
}

// The option becomes WithBatcher.
func batcher(ctx context.Context) *sdk.TracerProvider {
	exp, _ := otlptracehttp.New(ctx)
	return sdk.NewTracerProvider(sdk.WithSyncer( /* the collector */ exp)) // want `each span.End waits for the export`
}

// The processor becomes NewBatchSpanProcessor, or has no fix.
func batchProcessor(ctx context.Context) *sdk.TracerProvider {
	exp, _ := otlptracehttp.New(ctx)
	return sdk.NewTracerProvider(sdk.WithSpanProcessor(sdk.NewSimpleSpanProcessor(exp))) // want `each span.End waits for the export`
}

// The arguments change places, with their comments.
func swap(name string) (*resource.Resource, error) {
	return resource.Merge(resource.NewSchemaless(semconv.ServiceName(name)), resource.Default()) // want `overwrites the service.name`
}

// The arguments stand on lines of their own, each with its comment.
func swapLines(name string) (*resource.Resource, error) {
	return resource.Merge( // want `overwrites the service.name`
		// what we know
		resource.NewSchemaless(semconv.ServiceName(name)),
		// what the SDK knows
		resource.Default(),
	)
}

// The URL goes into the option that takes one.
func endpoint(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracehttp.New(ctx, otlptracehttp.WithEndpoint("http://localhost:4318")) // want `WithEndpoint takes host:port`
}

// The path is added.
func endpointURL(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL("https://collector")) // want `the URL has no path`
}

const shared = "http://localhost:4318"

// The constant has another use: changing it would change that one.
func endpointRefused(ctx context.Context) (*otlptrace.Exporter, string, error) {
	exp, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpoint(shared)) // want `WithEndpoint takes host:port`
	return exp, shared + "/health", err
}
