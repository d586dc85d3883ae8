// Package main is wired by fx.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.uber.org/fx"
)

// The provider is set in a closure that fx calls; no propagator is, anywhere.
func main() {
	fx.New(
		fx.Provide(func() *sdktrace.TracerProvider { return sdktrace.NewTracerProvider() }),
		fx.Invoke(func(lc fx.Lifecycle, tp *sdktrace.TracerProvider) {
			otel.SetTracerProvider(tp) // want `no propagator in the whole program`
			lc.Append(fx.StopHook(tp.Shutdown))
		}),
		fx.Invoke(func(lc fx.Lifecycle) {
			srv := &http.Server{Handler: otelhttp.NewHandler(http.NotFoundHandler(), "fx")}
			lc.Append(fx.StartHook(func() { go srv.ListenAndServe() }))
			lc.Append(fx.StopHook(func(ctx context.Context) error { return srv.Shutdown(ctx) }))
		}),
	).Run()
}
