// Package main is right: each span is exported when it ends.
package main

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Silent: there is no batch that could be lost.
func main() {
	exp, err := stdouttrace.New()
	if err != nil {
		panic(err)
	}
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSyncer(exp)))
	_, span := otel.Tracer("one").Start(context.Background(), "one")
	span.End()
}
