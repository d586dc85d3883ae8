// Package main is right: a flush at the end exports the last batch as well.
package main

import (
	"context"
	"log"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Silent: ForceFlush waits until the spans are sent.
func main() {
	ctx := context.Background()
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	_, span := tp.Tracer("one").Start(ctx, "one")
	span.End()
	if err := tp.ForceFlush(ctx); err != nil {
		log.Print(err)
	}
}
