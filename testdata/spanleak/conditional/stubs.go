// Package conditional starts and ends spans under conditions, wrongly.
package conditional

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("conditional")

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }

type config struct {
	traced  bool
	verbose bool
}
