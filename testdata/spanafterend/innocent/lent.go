package innocent

import (
	"context"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// Silent: what is recorded comes before the end.
func lentBefore(ctx context.Context, name string, fn func(context.Context, trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	err := fn(ctx, span)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
	return err
}

// Silent: the end is deferred, and comes last.
func lentDeferred(ctx context.Context, name string, fn func(context.Context, trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	defer span.End()
	err := fn(ctx, span)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	return err
}

// Silent: whether the function value ends it, is not known, and nobody else does.
func lentToOwner(ctx context.Context, name string, fn func(context.Context, trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	err := fn(ctx, span)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	return err
}

// Silent: it is another span by then, for all that is known.
func lentByAddress(ctx context.Context, name string, fn func(context.Context, *trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	err := fn(ctx, &span)
	span.End()
	fn(ctx, &span)
	span.AddEvent("another one")
	return err
}

// Silent: one branch ends it, and the other records.
func lentBranches(ctx context.Context, name string, fn func(context.Context, trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	err := fn(ctx, span)
	if err == nil {
		span.End()
		return nil
	}
	span.SetStatus(codes.Error, err.Error())
	span.End()
	return err
}

// Silent: the goroutine that has it may end it later than this.
func lentToGoroutine(ctx context.Context, name string, fn func(context.Context, trace.Span) error) {
	ctx, span := tracer.Start(ctx, name)
	go func() {
		defer span.End()
		_ = fn(ctx, span)
	}()
	span.AddEvent("started")
}
