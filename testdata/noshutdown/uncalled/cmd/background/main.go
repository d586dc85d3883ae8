// Package main is right: it exports what there is before it ends.
package main

import (
	"context"
	"log"

	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/telemetry"
)

// Silent: nothing is left in the batch.
func main() {
	ctx := context.Background()
	if err := telemetry.Start(ctx); err != nil {
		log.Fatal(err)
	}
	log.Print(telemetry.Flush(ctx))
}
