// Package main starts tracing, and never calls the function that ends it.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/telemetry"
)

// The package has a Stop. Nobody calls it.
func main() {
	if err := telemetry.Start(context.Background()); err != nil { // want `^telemetry.Start starts a tracer provider that nothing shuts down, so the spans of its last batch are lost$`
		log.Fatal(err)
	}
	log.Print(http.ListenAndServe(":8080", nil))
}
