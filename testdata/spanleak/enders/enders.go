// Package enders starts spans by a function that returns the span and what ends it, of
// which callers take what they need.
package enders

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// Start starts a span. Silent: the caller ends it.
func Start(ctx context.Context, name string) (context.Context, trace.Span, func(*error)) {
	ctx, span := otel.Tracer("enders").Start(ctx, name)
	return ctx, span, func(err *error) {
		if err != nil && *err != nil {
			span.SetStatus(codes.Error, (*err).Error())
		}
		span.End()
	}
}

// Apply does not end the span of the item that fails.
func Apply(ctx context.Context, items []string) error {
	for i, item := range items {
		_, _, end := Start(ctx, "item") // want `^the span that Start starts is not ended on the path that returns on line 31, so it is never exported$`
		err := apply(item)
		if err != nil {
			return fmt.Errorf("item %d: %w", i, err)
		}
		end(&err)
	}
	return nil
}

// Right ends each. Silent.
func Right(ctx context.Context, items []string) error {
	for i, item := range items {
		_, _, end := Start(ctx, "item")
		err := apply(item)
		end(&err)
		if err != nil {
			return fmt.Errorf("item %d: %w", i, err)
		}
	}
	return nil
}

// Deferred has it done at the end. Silent.
func Deferred(ctx context.Context, item string) (err error) {
	_, _, end := Start(ctx, "item")
	defer end(&err)
	return apply(item)
}

func apply(item string) error {
	if item == "" {
		return fmt.Errorf("empty")
	}
	return nil
}
