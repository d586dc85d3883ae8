// Package main exits with the code that its work returned.
package main

import (
	"context"
	"net/http"
	"os"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// The defer is in main, where os.Exit is, and not in run.
func main() {
	exp, err := otlptracegrpc.New(context.Background())
	if err != nil {
		panic(err)
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer tp.Shutdown(context.Background())
	otel.SetTracerProvider(tp)
	os.Exit(run()) // want `os.Exit skips the deferred tp.Shutdown, so the last spans are lost`
}

// Silent: the work.
func run() int {
	if err := http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web")); err != nil {
		return 1
	}
	return 0
}
