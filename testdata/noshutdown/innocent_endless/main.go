// Package main is right, as far as can be known: it has no end.
package main

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func poll(ctx context.Context) {
	for range time.Tick(time.Minute) {
		_, span := otel.Tracer("poll").Start(ctx, "poll")
		span.End()
	}
}

// Silent: only a kill ends it, and no Shutdown would run then.
func main() {
	ctx := context.Background()
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		panic(err)
	}
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp)))
	go poll(ctx)
	select {}
}
