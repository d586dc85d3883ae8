// Package main leaves the exporter to the environment. The propagator is not
// left to it: autoexport makes exporters only.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	api "go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/sdk/trace"
)

// OTEL_PROPAGATORS is read by autoprop, which this program does not use.
func main() {
	ctx := context.Background()
	exp, err := autoexport.NewSpanExporter(ctx)
	if err != nil {
		log.Fatal(err)
	}
	tp := trace.NewTracerProvider(trace.WithBatcher(exp))
	defer tp.Shutdown(ctx)
	api.SetTracerProvider(tp) // want `no propagator in the whole program`
	log.Print(http.ListenAndServe(":80", otelhttp.NewHandler(http.NotFoundHandler(), "auto")))
}
