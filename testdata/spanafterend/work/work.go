// Package work is what the spans of the fixtures are around: functions that
// start a span of their own in the context they are given.
package work

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
)

var tracer = otel.Tracer("work")

// ErrMissing is the error of Load for an id that does not exist.
var ErrMissing = errors.New("missing")

// Load returns what is stored under id, or ErrMissing.
func Load(ctx context.Context, id string) (string, error) {
	_, span := tracer.Start(ctx, "work.load")
	defer span.End()
	if id == "" {
		span.SetStatus(codes.Error, ErrMissing.Error())
		return "", ErrMissing
	}
	return "value of " + id, ctx.Err()
}

// Save stores a value.
func Save(ctx context.Context, value string) error {
	_, span := tracer.Start(ctx, "work.save")
	defer span.End()
	if value == "" {
		return ErrMissing
	}
	return ctx.Err()
}

// Next returns the next item of a queue, and whether there is one.
func Next(ctx context.Context) (string, bool) {
	_, span := tracer.Start(ctx, "work.next")
	defer span.End()
	return "item", ctx.Err() == nil
}
