// Package main is right: fx stops the provider.
package main

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.uber.org/fx"
)

func newExporter() (*otlptrace.Exporter, error) {
	return otlptracegrpc.New(context.Background())
}

// Silent: OnStop is called by fx when the program ends.
func newProvider(lc fx.Lifecycle, exp *otlptrace.Exporter) *sdktrace.TracerProvider {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	lc.Append(fx.Hook{OnStop: func(ctx context.Context) error { return tp.Shutdown(ctx) }})
	return tp
}

// Silent: only wiring.
func main() {
	fx.New(
		fx.Provide(newExporter, newProvider),
		fx.Invoke(func(tp *sdktrace.TracerProvider) { otel.SetTracerProvider(tp) }),
	).Run()
}
