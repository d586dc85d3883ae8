// Package main has all kinds of things around the call that the fix comes
// after.
package main

import (
	"net/http"

	// Traced servers.
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Comments stay where they are.
func main() {
	// Before.
	otel.SetTracerProvider( // want `no propagator in the whole program`
		sdktrace.NewTracerProvider(), // without any exporter
	) // Beside.
	// After.
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web"))
}
