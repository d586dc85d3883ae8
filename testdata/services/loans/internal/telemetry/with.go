package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("loans")

// With runs work in a span of that name.
func With(ctx context.Context, name string, work func(context.Context, trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	defer span.End()
	err := work(ctx, span)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	return err
}

// Start starts a span, which the caller ends.
func Start(ctx context.Context, name string, attrs ...attribute.KeyValue) (context.Context, trace.Span) {
	return tracer.Start(ctx, name, trace.WithAttributes(attrs...))
}
