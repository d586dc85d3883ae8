// Package fixes has functions in which an editor may go wrong: every one of them
// is a fault, and its fix, if there is one, must leave a package that builds.
package fixes

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("fixes")

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }

func run(fn func()) { fn() }
