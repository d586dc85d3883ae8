// Package main is right: it takes the provider back from the otel package.
package main

import (
	"context"
	"log"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// Silent: what the global provider is, this shuts down.
func stop(ctx context.Context) {
	if tp, ok := otel.GetTracerProvider().(*sdktrace.TracerProvider); ok {
		_ = tp.Shutdown(ctx)
	}
}

// Silent: InitTracer keeps its provider, and stop finds it.
func main() {
	if err := telemetry.InitTracer(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer stop(context.Background())
}
