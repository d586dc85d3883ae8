// Package main chooses a sampler for a set-up that uses it as it is.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/brokensampler/split/telemetry"
)

// Init hands its parameter to WithSampler.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx, trace.TraceIDRatioBased(0.1)) // want `the sampler ignores the caller's decision, so traces get holes`
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.DefaultServeMux, "api")))
}
