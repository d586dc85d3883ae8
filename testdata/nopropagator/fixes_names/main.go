// Package main has renamed the package, and taken the usual name of another.
package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	global "go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// A local variable is called as the package that the fix needs.
func main() {
	propagation := "not a package"
	_ = propagation
	if tp := sdktrace.NewTracerProvider(); tp != nil {
		global.SetTracerProvider(tp) // want `no propagator in the whole program`
	}
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web"))
}
