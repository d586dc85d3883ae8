// Package base is the lowest of three layers: it starts spans.
package base

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

// Start starts a span for its caller.
func Start(ctx context.Context, name string) (context.Context, trace.Span) {
	return otel.Tracer("base").Start(ctx, name)
}

// Finish ends the span of its caller.
func Finish(span trace.Span, err error) {
	if err != nil {
		span.RecordError(err)
	}
	span.End()
}

// Note borrows the span.
func Note(span trace.Span, msg string) { span.AddEvent(msg) }
