// Package main builds a propagator and does not register it.
package main

import (
	"context"
	"log/slog"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func newPropagator() propagation.TextMapPropagator {
	return propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{})
}

// The propagator is logged and nothing else.
func main() {
	propagator := newPropagator()
	slog.Info("tracing", "fields", propagator.Fields())

	tp := sdktrace.NewTracerProvider()
	defer tp.Shutdown(context.Background())
	otel.SetTracerProvider(tp) // want `no propagator in the whole program`
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web"))
}
