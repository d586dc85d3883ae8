// Package main is right: the setters are used as values.
package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func apply[T any](set func(T), value T) { set(value) }

// Silent: SetTextMapPropagator is handed to a function that calls it.
func main() {
	apply[propagation.TextMapPropagator](otel.SetTextMapPropagator, propagation.TraceContext{})
	otel.SetTracerProvider(sdktrace.NewTracerProvider())
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "values"))
}
