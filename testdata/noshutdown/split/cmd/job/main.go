// Package main is a job, which calls the set-up from a method.
package main

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/otel"

	tracing "github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

type base struct{}

// The set-up keeps its provider for itself.
func (base) prepare(ctx context.Context) error {
	err := tracing.InitTracer(ctx) // want `InitTracer starts a tracer provider that nothing shuts down, so the spans of its last batch are lost`
	return err
}

type job struct{ base }

// Silent: the finding is in prepare, which is promoted from base.
func main() {
	var j job
	ctx := context.Background()
	if err := j.prepare(ctx); err != nil {
		slog.Error("no tracing", "error", err)
		return
	}
	_, span := otel.Tracer("job").Start(ctx, "job")
	span.End()
}
