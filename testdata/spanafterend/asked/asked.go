// Package asked has spans that are asked whether they record when they have
// ended, which is always answered with no.
package asked

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
)

var tracer = otel.Tracer("asked")

// LeavesEarly never gets behind its guard.
func LeavesEarly(ctx context.Context, run func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "LeavesEarly")
	err := run(ctx)
	span.End()
	if !span.IsRecording() {
		return err
	}
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span.SetStatus comes after span.End on line 20, so it is lost$`
	}
	return err
}

// Guarded never does what it guards.
func Guarded(ctx context.Context, run func(context.Context) (int, error)) (int, error) {
	ctx, span := tracer.Start(ctx, "Guarded")
	n, err := run(ctx)
	span.End()
	if err != nil {
		return 0, err
	}
	if span.IsRecording() {
		span.SetAttributes(attribute.Int("n", n)) // want `^span.SetAttributes comes after span.End on line 34, so it is lost$`
	}
	return n, nil
}

// Tells is silent: the question tells the path on which the span has ended from
// the other one.
func Tells(ctx context.Context, run func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "Tells")
	err := run(ctx)
	if errors.Is(err, context.Canceled) {
		span.End()
	}
	if span.IsRecording() {
		span.SetAttributes(attribute.Bool("whole", true))
		span.End()
	}
	return err
}

// Each is silent: the span that is asked has not ended, but that of the turn
// before.
func Each(ctx context.Context, runs []func(context.Context) error) {
	for _, run := range runs {
		ctx, span := tracer.Start(ctx, "Each")
		if span.IsRecording() {
			span.SetAttributes(attribute.Int("of", len(runs)))
		}
		_ = run(ctx)
		span.End()
	}
}

// Before is silent: it asks first.
func Before(ctx context.Context, run func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "Before")
	err := run(ctx)
	if span.IsRecording() && err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
	return err
}

// Reads is silent: nothing is recorded behind the question.
func Reads(ctx context.Context, run func(context.Context) error) (bool, error) {
	ctx, span := tracer.Start(ctx, "Reads")
	err := run(ctx)
	span.End()
	if span.IsRecording() {
		return true, err
	}
	return false, err
}
