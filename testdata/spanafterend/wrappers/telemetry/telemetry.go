// Package telemetry is the kind of helper package that most programs have:
// start wrappers and end helpers, for callers in other packages.
package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("telemetry")

// Start starts a span; the caller ends it.
//
// Silent: an open span is handed to the caller, nothing is used after its end.
func Start(ctx context.Context, name string) (context.Context, trace.Span) {
	return tracer.Start(ctx, name)
}

// Track starts a span and returns what ends it.
//
// Silent: the status is set before the end, in a function that runs once.
func Track(ctx context.Context, name string) (context.Context, func(error)) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
}

// End sets the status and ends the span.
//
// Silent: ending a parameter is what an end helper is for.
func End(span trace.Span, err *error) {
	if err != nil && *err != nil {
		span.SetStatus(codes.Error, (*err).Error())
	}
	span.End()
}

// EndAll ends by way of another helper: what it does is known through two
// packages' worth of facts.
//
// Silent: as End.
func EndAll(err *error, spans ...trace.Span) {
	for _, span := range spans {
		End(span, err)
	}
}

// Close ends its span by way of End.
//
// Silent: as End.
func Close(span trace.Span) {
	End(span, nil)
}

// EndFromContext ends the span that a caller left open in ctx.
//
// Silent: whether the caller owns that span is for the caller to know; this
// function serves no request.
func EndFromContext(ctx context.Context, err error) {
	span := trace.SpanFromContext(ctx)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
}

// Fail only sets the status.
//
// Silent: nothing ends here.
func Fail(span trace.Span, err error) {
	span.SetStatus(codes.Error, err.Error())
}

// WithSpan runs f in a span of its own.
//
// Silent: the status is set by the deferred function that is registered last,
// so it runs first.
func WithSpan[T any](ctx context.Context, name string, f func(context.Context) (T, error)) (value T, err error) {
	ctx, span := tracer.Start(ctx, name)
	defer span.End()
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
	}()
	return f(ctx)
}

// EndTooSoon is an end helper that sets the status when it is too late.
func EndTooSoon(span trace.Span, err error) {
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after span\.End on line 98, so it is lost$`
	}
}

// TrackTooSoon returns an end function that sets the status when it is too late.
func TrackTooSoon(ctx context.Context, name string) (context.Context, func(error)) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, func(err error) {
		span.End()
		if err != nil {
			span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after span\.End on line 108, so it is lost$`
		}
	}
}

// WithSpanTooSoon registers the status before the end, so the end runs first.
func WithSpanTooSoon[T any](ctx context.Context, name string, f func(context.Context) (T, error)) (value T, err error) {
	ctx, span := tracer.Start(ctx, name)
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus is deferred before span\.End on line 123 and so runs after it: it is lost$`
		}
	}()
	defer span.End()
	return f(ctx)
}
