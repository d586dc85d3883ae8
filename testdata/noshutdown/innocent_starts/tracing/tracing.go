// Package tracing sets up tracing when it is imported, and ends it when asked.
package tracing

import (
	"context"
	"log"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

var provider *sdktrace.TracerProvider

// The provider is stored.
func init() {
	exp, err := otlptracegrpc.New(context.Background())
	if err != nil {
		log.Print(err)
		return
	}
	provider = sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(provider)
}

// Close ends it.
func Close() error { return provider.Shutdown(context.Background()) }
