package telemetry

import (
	"context"
	"errors"
	"io"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// End ends the span with the error that errp points to.
func End(span trace.Span, errp *error) {
	if errp != nil && *errp != nil {
		span.RecordError(*errp)
		span.SetStatus(codes.Error, (*errp).Error())
	}
	span.End()
}

// SetStatusAndEnd ends the span in either branch.
func SetStatusAndEnd(span trace.Span, err error) {
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
		return
	}
	span.SetStatus(codes.Ok, "")
	span.End()
}

// EndFunc ends the span with an error that is asked for at the end.
func EndFunc(span trace.Span, fn func() error) {
	defer span.End()
	if err := fn(); err != nil && !errors.Is(err, io.EOF) {
		span.RecordError(err)
	}
}

// EndAll ends several.
func EndAll(spans ...trace.Span) {
	for _, span := range spans {
		span.End()
	}
}

// EndNonNil tolerates a nil span.
func EndNonNil(span trace.Span) {
	if span == nil {
		return
	}
	span.End()
}

// EndSpan ends the span in the context.
func EndSpan(ctx context.Context) {
	trace.SpanFromContext(ctx).End()
}

// EndVia ends the span through another helper.
func EndVia(span trace.Span, err error) error {
	SetStatusAndEnd(span, err)
	return err
}

// EndOnError ends the span of a failure only: its callers end the others.
func EndOnError(span trace.Span, err error) bool {
	if err == nil {
		return false
	}
	span.RecordError(err)
	span.End()
	return true
}

// Record writes the error to the span, and does not end it.
func Record(span trace.Span, err error) {
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
	}
}

// Annotate borrows the span, and returns it for chaining.
func Annotate(span trace.Span, key, value string) trace.Span {
	span.SetAttributes(attribute.String(key, value))
	return span
}

// Event borrows the span of the context.
func Event(ctx context.Context, msg string) {
	trace.SpanFromContext(ctx).AddEvent(msg)
}
