// Package main is a job that nobody calls.
package main

import (
	"context"
	"log"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Silent: all its traces start here, so there is no caller whose decision could
// be ignored.
func main() {
	ctx := context.Background()
	exporter, err := otlptracegrpc.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithSampler(sdktrace.TraceIDRatioBased(0.1)))
	defer tp.Shutdown(ctx)
	otel.SetTracerProvider(tp)
	_, span := otel.Tracer("job").Start(ctx, "job")
	span.End()
}
