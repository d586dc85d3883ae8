// Package telemetry sets up tracing.
package telemetry

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// ServiceName is what the service calls itself.
const ServiceName = "loans"

// NewProvider returns a provider of tracers whose spans go to the collector. Of the
// traces that begin here it keeps that part.
func NewProvider(ctx context.Context, part float64) (*sdktrace.TracerProvider, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("exporter: %w", err)
	}
	res, err := describe()
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter),
		sdktrace.WithResource(res),
		sdktrace.WithSampler(sdktrace.TraceIDRatioBased(part)),
	), nil
}

// describe says what the spans come from.
func describe() (*resource.Resource, error) {
	return resource.Merge(resource.NewSchemaless(semconv.ServiceName(ServiceName)), resource.Default())
}

// Install makes a provider that of the whole program.
func Install(provider *sdktrace.TracerProvider) {
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
}
