// Package main has no place after the call: no statement can stand there.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/nopropagator/split/telemetry"
)

// The call is the operand of return.
func setUp(ctx context.Context) (func(context.Context) error, error) {
	return telemetry.Init(ctx) // want `telemetry.Init sets a tracer provider, but nothing in the program sets a propagator`
}

// Silent: the finding is in setUp.
func main() {
	stop, err := setUp(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer stop(context.Background())
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web")))
}
