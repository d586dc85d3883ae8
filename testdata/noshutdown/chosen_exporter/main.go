// Package main leaves the exporter to the environment; the batch is its own.
package main

import (
	"context"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Whatever the exporter is, the last batch is not handed to it.
func main() {
	ctx := context.Background()
	exporter := must(autoexport.NewSpanExporter(ctx))
	traces := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter)) // want `traces is never shut down, so the spans of its last batch are lost`
	otel.SetTracerProvider(traces)
	_, span := traces.Tracer("one").Start(ctx, "one")
	span.End()
}
