// Package main has one call, three packages above the provider.
package main

import (
	"context"
	"log"

	"github.com/tracevet/tracevet/testdata/nopropagator/deep/app"
)

// Nothing below Run sets a propagator.
func main() {
	if err := app.Run(context.Background()); err != nil { // want `app.Run sets a tracer provider, but nothing in the program sets a propagator`
		log.Fatal(err)
	}
}
