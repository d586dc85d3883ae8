// Package main is right: another package calls it, when it is called itself.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/lifecycle"
	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/telemetry"
)

// Silent: End ends in Stop.
func main() {
	ctx := context.Background()
	if err := telemetry.Start(ctx); err != nil {
		log.Fatal(err)
	}
	log.Print(http.ListenAndServe(":8080", nil))
	_ = lifecycle.End(ctx)
}
