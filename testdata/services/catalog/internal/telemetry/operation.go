package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("catalog")

// An Operation is a piece of work that is traced.
type Operation struct{ span trace.Span }

// Begin begins an operation. Its caller calls Finish.
func Begin(ctx context.Context, name string, attrs ...attribute.KeyValue) (context.Context, *Operation) {
	ctx, span := tracer.Start(ctx, name, trace.WithAttributes(attrs...))
	return ctx, &Operation{span: span}
}

// Current returns the operation that ctx belongs to, which is another's to finish.
func Current(ctx context.Context) *Operation {
	return &Operation{span: trace.SpanFromContext(ctx)}
}

// Set says more about the operation.
func (o *Operation) Set(attrs ...attribute.KeyValue) { o.span.SetAttributes(attrs...) }

// Fail says that the operation failed, if it did.
func (o *Operation) Fail(err error) {
	if err != nil {
		o.span.SetStatus(codes.Error, err.Error())
	}
}

// Finish ends the operation.
func (o *Operation) Finish() { o.span.End() }
