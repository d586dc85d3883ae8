// Package main is right: its set-up asks the caller first.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/brokensampler/split/telemetry"
)

// Silent: InitRoot puts ParentBased around its parameter.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.InitRoot(ctx, trace.TraceIDRatioBased(0.1))
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)
	log.Print(http.ListenAndServe(":8080", nil))
}
