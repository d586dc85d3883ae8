// Package main drops what its own function returns.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Silent: it returns the function.
func setupTracing(ctx context.Context) (func(context.Context) error, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	return tp.Shutdown, nil
}

// The function is dropped here.
func main() {
	if _, err := setupTracing(context.Background()); err != nil { // want `the shutdown function of setupTracing is dropped, so`
		panic(err)
	}
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web"))
}
