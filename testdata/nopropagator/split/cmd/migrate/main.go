// Package main is right: it neither serves nor calls, so nothing is to be
// propagated.
package main

import (
	"context"
	"log"

	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/nopropagator/split/telemetry"
)

// Silent: a command with spans of its own, without any server or client.
func main() {
	ctx := context.Background()
	stop, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer stop(ctx)
	_, span := otel.Tracer("migrate").Start(ctx, "migrate")
	defer span.End()
	log.Print("nothing to migrate")
}
