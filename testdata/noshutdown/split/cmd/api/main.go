// Package main is a server, whose set-up is in another package.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// InitTracer keeps its provider for itself.
func main() {
	if err := telemetry.InitTracer(context.Background()); err != nil { // want `telemetry.InitTracer starts a tracer provider that nothing shuts down, so the spans of its last batch are lost`
		log.Fatal(err)
	}
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "api")))
}
