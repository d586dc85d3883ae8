// Package main is right: it adds the propagator that its set-up lacks.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/nopropagator/split/propagate"
	"github.com/tracevet/tracevet/testdata/nopropagator/split/telemetry"
)

// Silent: Install is called, before Init, which is as good as after it.
func main() {
	propagate.Install()
	stop, err := telemetry.Init(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer stop(context.Background())
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "gateway")))
}
