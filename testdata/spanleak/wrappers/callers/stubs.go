// Package callers uses a project's own layer over OpenTelemetry. It does not
// import OpenTelemetry in most of its files.
package callers

import (
	"context"
	"errors"
)

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }
