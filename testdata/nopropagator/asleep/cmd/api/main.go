// Command api links functions that set a propagator, and calls none of them.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/nopropagator/asleep/boot"
	"github.com/tracevet/tracevet/testdata/nopropagator/asleep/propagate"
)

func main() {
	tp := sdktrace.NewTracerProvider()
	defer func() { _ = tp.Shutdown(context.Background()) }()
	otel.SetTracerProvider(tp) // want `a tracer provider is set, but no propagator in the whole program, so no trace goes beyond this process`
	println(boot.Name(), propagate.Version())
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.DefaultServeMux, "server"))
}
