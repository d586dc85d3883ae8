// Package main makes a provider that only the otel package knows.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Nobody holds the provider, so nobody can shut it down.
func main() {
	exp, err := otlptracegrpc.New(context.Background())
	if err != nil {
		panic(err)
	}
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))) // want `never shut down, so the spans of its last batch are lost`
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web"))
}
