// Package main is right: it asserts an interface of its own.
package main

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

type ender interface {
	Shutdown(context.Context) error
}

// Silent: as the interface of the API, the provider goes around.
func provider(ctx context.Context) trace.TracerProvider {
	exp, err := otlptracehttp.New(ctx)
	if err != nil {
		return trace.NewNoopTracerProvider()
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
}

// Silent: the assertion finds Shutdown.
func main() {
	ctx := context.Background()
	tp := provider(ctx)
	otel.SetTracerProvider(tp)
	if e, ok := tp.(ender); ok {
		defer e.Shutdown(ctx)
	}
}
