// Package telemetry is a shop's own layer over OpenTelemetry. Nothing in it is
// a fault.
package telemetry

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("shop")

// StartSpan is the wrapper that all packages use.
func StartSpan(ctx context.Context, name string, attrs ...attribute.KeyValue) (context.Context, trace.Span) {
	return tracer.Start(ctx, name, trace.WithAttributes(attrs...))
}

// NewSpan has another order of parameters and a default.
func NewSpan(component string, ctx context.Context) (context.Context, trace.Span) {
	ctx, span := tracer.Start(ctx, component)
	span.SetAttributes(attribute.String("component", component))
	return ctx, span
}

// FromRequest starts a span on the context of a request.
func FromRequest(r *http.Request, name string) (context.Context, trace.Span) {
	return StartSpan(r.Context(), name, attribute.String("http.method", r.Method))
}

// Op is a span in a struct.
type Op struct {
	span trace.Span
	name string
}

// Begin returns a pointer to one.
func Begin(ctx context.Context, name string) (context.Context, *Op) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, &Op{span: span, name: name}
}

// Finish ends it.
func (o *Op) Finish(errp *error) {
	if errp != nil && *errp != nil {
		o.span.SetStatus(codes.Error, (*errp).Error())
	}
	o.span.End()
}

// Span is the shop's own interface.
type Span interface {
	Tag(key, value string)
	Close()
}

type span struct{ inner trace.Span }

// Tag sets an attribute.
func (s span) Tag(key, value string) { s.inner.SetAttributes(attribute.String(key, value)) }

// Close ends it.
func (s span) Close() { s.inner.End() }

// Open returns the interface.
func Open(ctx context.Context, name string) (context.Context, Span) {
	ctx, sp := tracer.Start(ctx, name)
	return ctx, span{inner: sp}
}

// Trace returns a function that ends the span.
func Trace(ctx context.Context, name string) (context.Context, func()) {
	ctx, sp := tracer.Start(ctx, name)
	return ctx, func() { sp.End() }
}

// End is the shop's end helper.
func End(sp trace.Span, err error) {
	if err != nil {
		sp.SetStatus(codes.Error, err.Error())
	}
	sp.End()
}

// WithSpan runs fn in a span.
func WithSpan(ctx context.Context, name string, fn func(context.Context) error) error {
	ctx, sp := tracer.Start(ctx, name)
	defer sp.End()
	return fn(ctx)
}
