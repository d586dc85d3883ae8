// Package paths leaves functions in every way there is while a span is open.
package paths

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("paths")

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }

func load(ctx context.Context, id string) (string, error) { return id, ctx.Err() }
