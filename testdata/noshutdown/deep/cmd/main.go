// Package main has one call, three packages above the provider.
package main

import (
	"context"
	"log"

	"github.com/tracevet/tracevet/testdata/noshutdown/deep/app"
)

// Nothing below Run shuts the provider down.
func main() {
	a := app.New(":8080")
	if err := a.Run(context.Background()); err != nil { // want `Run starts a tracer provider that nothing shuts down, so the spans of its last batch are lost`
		log.Fatal(err)
	}
}
