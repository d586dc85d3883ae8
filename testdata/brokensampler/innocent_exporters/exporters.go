// Package innocent_exporters has processors that are as they should be.
package innocent_exporters

import (
	"context"
	"io"
	"os"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// Silent: printing is no network.
func printed(w io.Writer) (*sdktrace.TracerProvider, error) {
	exp, err := stdouttrace.New(stdouttrace.WithWriter(w))
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithSyncer(exp)), nil
}

// Silent: spans in memory are there at once, which is the point of it.
func inMemory() *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(
		sdktrace.NewSimpleSpanProcessor(tracetest.NewInMemoryExporter())))
}

// Silent: the exporter is the caller's: not known to need the network.
func given(exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithSyncer(exp))
}

// Silent: the environment chooses the exporter; it may be the console.
func environment(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := autoexport.NewSpanExporter(ctx)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithSyncer(exp)), nil
}

// Silent: the user's configuration chooses the processor, and the default batches.
func chosen(ctx context.Context, processor string) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	opt := sdktrace.WithBatcher(exp)
	if processor == "simple" {
		opt = sdktrace.WithSyncer(exp)
	}
	return sdktrace.NewTracerProvider(opt), nil
}

// Silent: two exporters, each with its own processor: one prints, one sends.
func two(ctx context.Context, debug bool) (*sdktrace.TracerProvider, error) {
	sent, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	opts := []sdktrace.TracerProviderOption{sdktrace.WithBatcher(sent)}
	if debug {
		shown, err := stdouttrace.New(stdouttrace.WithWriter(os.Stderr))
		if err != nil {
			return nil, err
		}
		opts = append(opts, sdktrace.WithSyncer(shown))
	}
	return sdktrace.NewTracerProvider(opts...), nil
}

// Silent: two collectors: the same kind of exporter twice, but not the same one.
func collectors(ctx context.Context, first, second string) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx, otlptracegrpc.WithEndpoint(first))
	if err != nil {
		return nil, err
	}
	batcher := sdktrace.WithBatcher(exp)
	if exp, err = otlptracegrpc.New(ctx, otlptracegrpc.WithEndpoint(second)); err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(batcher, sdktrace.WithBatcher(exp)), nil
}

// Silent: one exporter for two providers: no span is in both.
func providers(ctx context.Context) (a, b *sdktrace.TracerProvider, err error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp)), sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp)), nil
}
