// Package obs wraps the tracing API, as real programs do.
package obs

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("obs")

// StartSpan is silent: its callers give the name.
func StartSpan(ctx context.Context, name string) (context.Context, trace.Span) {
	return tracer.Start(ctx, name)
}

// StartLayer is silent, too: it adds a constant.
func StartLayer(ctx context.Context, layer, name string, opts ...trace.SpanStartOption) (context.Context, trace.Span) {
	ctx, span := StartSpan(ctx, layer+"."+name)
	_ = opts
	return ctx, span
}

// Trace is silent: it takes the name and runs a function.
func Trace(ctx context.Context, name string, fn func(context.Context) error) error {
	ctx, span := StartLayer(ctx, "trace", name)
	defer span.End()
	return fn(ctx)
}

// A Tracer is a wrapper with a method.
type Tracer struct{ prefix string }

// Start is silent.
func (t *Tracer) Start(ctx context.Context, name string) (context.Context, func()) {
	ctx, span := tracer.Start(ctx, t.prefix+name)
	return ctx, func() { span.End() }
}

// Starter is what callers see of a Tracer.
type Starter interface {
	Start(ctx context.Context, name string) (context.Context, func())
}

// Options is silent: names are in an attribute.
func Rename(span trace.Span, name string) { span.SetName(name) }
