package afterend

import (
	"context"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// LentToValue runs what it is given under a span, and tells of the error when that
// has ended.
func LentToValue(ctx context.Context, name string, fn func(context.Context, trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	err := fn(ctx, span)
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `span\.SetStatus comes after span\.End on line \d+, so it is lost`
	}
	return err
}

// LentAsked asks whether it records, which it does not any more.
func LentAsked(ctx context.Context, name string, fn func(context.Context, trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	err := fn(ctx, span)
	span.End()
	if !span.IsRecording() {
		return err
	}
	span.RecordError(err) // want `span\.RecordError comes after span\.End on line \d+, so it is lost`
	return err
}

type observer interface {
	Observe(span trace.Span, name string)
}

// LentToInterface has an interface that looks at it.
func LentToInterface(ctx context.Context, o observer, name string) {
	_, span := tracer.Start(ctx, name)
	o.Observe(span, name)
	span.End()
	span.AddEvent("observed") // want `span\.AddEvent comes after span\.End on line \d+, so it is lost`
}
