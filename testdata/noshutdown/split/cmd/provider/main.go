// Package main is given the provider and does nothing with it but set it.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// To set it is not to hand it to somebody who shuts it down.
func main() {
	tp, err := telemetry.NewProvider(context.Background()) // want `shuts? down, so the spans of its last batch are lost`
	if err != nil {
		log.Fatal(err)
	}
	otel.SetTracerProvider(tp)
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web")))
}
