// Package main is right: the environment chooses the propagators.
package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/contrib/propagators/autoprop"
	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Silent: autoprop makes the W3C formats if OTEL_PROPAGATORS is not set.
func main() {
	otel.SetTextMapPropagator(autoprop.NewTextMapPropagator())
	otel.SetTracerProvider(sdktrace.NewTracerProvider())
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "auto"))
}
