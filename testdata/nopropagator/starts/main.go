// Package main imports a package that sets up tracing.
package main

import (
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	_ "github.com/tracevet/tracevet/testdata/nopropagator/starts/tracing" // want `package tracing sets a tracer provider, but nothing in the program sets a propagator, so no trace goes beyond this process`
)

func main() {
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web")))
}
