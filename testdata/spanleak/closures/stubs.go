// Package closures starts and ends spans in function literals, wrongly.
package closures

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("closures")

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }
