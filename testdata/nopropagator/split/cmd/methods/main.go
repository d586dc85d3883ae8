// Package main sets tracing up through a method, which calls another one.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/nopropagator/split/telemetry"
)

// Two calls below Start the provider is set, and nowhere a propagator.
func main() {
	tracing := telemetry.New()
	tracing.Start() // want `Start sets a tracer provider, but nothing in the program sets a propagator`
	defer tracing.Stop(context.Background())

	hello := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) })
	_ = http.ListenAndServe(":8080", otelhttp.NewMiddleware("hello")(hello))
}
