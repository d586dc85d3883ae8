// Package main is right: it calls it.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/telemetry"
)

// Silent: Stop is deferred.
func main() {
	ctx := context.Background()
	if err := telemetry.Start(ctx); err != nil {
		log.Fatal(err)
	}
	defer telemetry.Stop(ctx)
	log.Print(http.ListenAndServe(":8080", nil))
}
