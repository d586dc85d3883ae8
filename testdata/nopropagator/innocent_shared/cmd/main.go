// Package main is right: the shared package sets the propagator.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	. "github.com/tracevet/tracevet/testdata/nopropagator/innocent_shared/telemetry"
)

// Silent: the propagator is set two functions below Setup.
func main() {
	shutdown, err := Setup(context.Background(), WithBaggage())
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(context.Background())
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "shop")))
}
