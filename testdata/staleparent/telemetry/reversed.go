package telemetry

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/otel/trace"
)

// SpanLogger is a logger that writes to a span.
type SpanLogger struct {
	trace.Span
	log *slog.Logger
}

// NewSpanLogger returns the logger first, as OpenTracing did.
func NewSpanLogger(ctx context.Context, method string) (*SpanLogger, context.Context) {
	ctx, sp := tracer.Start(ctx, method)
	return &SpanLogger{Span: sp, log: slog.With("method", method)}, ctx
}

// Finish ends the span.
func (s *SpanLogger) Finish() { s.End() }

// StartReversed returns the span first.
func StartReversed(ctx context.Context, name string) (trace.Span, context.Context) {
	ctx, sp := tracer.Start(ctx, name)
	return sp, ctx
}

// StartErr can fail.
func StartErr(ctx context.Context, name string) (context.Context, trace.Span, error) {
	if err := ctx.Err(); err != nil {
		return ctx, nil, err
	}
	ctx, sp := tracer.Start(ctx, name)
	return ctx, sp, nil
}
