// Package main is right: fx calls what sets the propagator.
package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.uber.org/fx"
)

func newProvider(lc fx.Lifecycle) *sdktrace.TracerProvider {
	tp := sdktrace.NewTracerProvider()
	lc.Append(fx.StopHook(tp.Shutdown))
	return tp
}

func register(tp *sdktrace.TracerProvider) {
	otel.SetTracerProvider(tp)
}

func propagate() {
	otel.SetTextMapPropagator(propagation.TraceContext{})
}

// Silent: no call of propagate is in the code, its value is handed to fx.
func main() {
	fx.New(
		fx.Provide(newProvider),
		fx.Invoke(register, propagate),
		fx.Invoke(func() {
			go http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "fx"))
		}),
	).Run()
}
