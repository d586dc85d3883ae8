// Package loops leaves iterations and loops while a span is open.
package loops

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("loops")

var errBad = errors.New("bad")

type message struct {
	id   string
	body []byte
}

func handle(ctx context.Context, m message) error { return ctx.Err() }
