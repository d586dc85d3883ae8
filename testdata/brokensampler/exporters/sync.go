// Package exporters hands spans over one by one, or twice.
package exporters

import (
	"context"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Each request waits for the collector as often as it ends a span.
func syncer(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithSyncer(exp)), nil // want `each span.End waits for the export`
}

// The processor that WithSyncer makes.
func simple(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithInsecure())
	if err != nil {
		return nil, err
	}
	processor := sdktrace.NewSimpleSpanProcessor(exporter) // want `each span.End waits for the export`
	return sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(processor)), nil
}

// Registered on a provider that exists.
func registered(ctx context.Context, tp *sdktrace.TracerProvider) error {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return err
	}
	tp.RegisterSpanProcessor(sdktrace.NewSimpleSpanProcessor(exporter)) // want `each span.End waits for the export`
	return nil
}

func newExporter(ctx context.Context, secure bool) (sdktrace.SpanExporter, error) {
	if secure {
		return otlptracegrpc.New(ctx)
	}
	return otlptracegrpc.New(ctx, otlptracegrpc.WithInsecure())
}

// The exporter comes from a helper, as an interface.
func helper(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := newExporter(ctx, false)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(
		sdktrace.WithSyncer(exp), // want `each span.End waits for the export`
	), nil
}
