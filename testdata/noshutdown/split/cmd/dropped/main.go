// Package main drops what would shut its provider down.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// The first result is assigned to nothing.
func main() {
	_, err := telemetry.Init(context.Background()) // want `the shutdown function of telemetry.Init is dropped, so`
	if err != nil {
		log.Fatal(err)
	}
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "api")))
}
