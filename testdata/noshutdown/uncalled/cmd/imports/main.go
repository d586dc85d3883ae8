// Package main has what would end its tracing at hand, two packages away.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/lifecycle"
	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/telemetry"
)

// It calls another function of the package that has End.
func main() {
	log.SetPrefix(lifecycle.Name())
	if err := telemetry.Start(context.Background()); err != nil { // want `telemetry.Start starts a tracer provider that nothing shuts down`
		log.Fatal(err)
	}
	log.Print(http.ListenAndServe(":8080", nil))
}
