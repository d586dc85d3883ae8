// Package main is right, or not shown to be wrong: it hands it to somebody.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/telemetry"
)

var hooks = []func(context.Context) error{telemetry.Stop}

// Silent: it is in a list of what is to be done.
func main() {
	ctx := context.Background()
	if err := telemetry.Start(ctx); err != nil {
		log.Fatal(err)
	}
	log.Print(http.ListenAndServe(":8080", nil))
	for _, hook := range hooks {
		_ = hook(ctx)
	}
}
