// Package main says that it drops the function.
package main

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

type tool struct {
	name string
}

// The function is assigned to nothing, and the command ends.
func (t *tool) run(ctx context.Context) {
	_ = telemetry.MustInit(ctx) // want `the shutdown function of telemetry.MustInit is dropped, so`
	_, span := otel.Tracer(t.name).Start(ctx, "run")
	defer span.End()
	fmt.Println("done")
}

// Silent: the finding is in run.
func main() { (&tool{"blank"}).run(context.Background()) }
