// Package innocent_results uses the results that matter, and drops those of
// functions of other types that only have the same names.
package innocent_results

import (
	"context"
	"net/http"

	"github.com/sirupsen/logrus"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("results")

// Builder is fluent: each method changes it and returns it.
type Builder struct {
	ctx    context.Context
	fields map[string]string
}

// WithContext sets.
func (b *Builder) WithContext(ctx context.Context) *Builder {
	b.ctx = ctx
	return b
}

// Extract reads.
func (b *Builder) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	for _, k := range carrier.Keys() {
		b.fields[k] = carrier.Get(k)
	}
	return ctx
}

// Fluent drops what the builder returns: it is the builder.
func Fluent(ctx context.Context, b *Builder) {
	b.WithContext(ctx)
	b.Extract(ctx, propagation.MapCarrier{"a": "b"})
	_ = b.WithContext(ctx)
}

// Entry makes log entries; what is dropped here is a log entry.
func Entry(ctx context.Context, log *logrus.Logger) {
	entry := log.WithContext(ctx)
	entry.Info("ready")
}

// Request assigns.
func Request(ctx context.Context, client *http.Client, r *http.Request) (*http.Response, error) {
	r = r.WithContext(ctx)
	return client.Do(r)
}

// Chained passes the copy on.
func Chained(ctx context.Context, client *http.Client, r *http.Request) (*http.Response, error) {
	return client.Do(r.WithContext(ctx))
}

// Extracted uses all results.
func Extracted(ctx context.Context, h http.Header, b baggage.Baggage, sc trace.SpanContext) context.Context {
	ctx = otel.GetTextMapPropagator().Extract(ctx, propagation.HeaderCarrier(h))
	ctx = baggage.ContextWithBaggage(ctx, b)
	return trace.ContextWithRemoteSpanContext(ctx, sc)
}

// Injected calls a method that returns nothing.
func Injected(ctx context.Context, h http.Header) {
	otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(h))
}

type custom struct{ propagation.TextMapPropagator }

// Extract of a wrapper counts the messages that it sees.
func (c *custom) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	seen++
	return c.TextMapPropagator.Extract(ctx, carrier)
}

var seen int

// Probe calls a propagator of the project's own for its effect.
func Probe(c *custom, h http.Header) {
	c.Extract(context.Background(), propagation.HeaderCarrier(h))
}

// ContextWithSpan is a function of the project's own.
func ContextWithSpan(ctx context.Context, name string) trace.Span {
	_, span := tracer.Start(ctx, name)
	return span
}

// OwnFunction has the name of OpenTelemetry's.
func OwnFunction(ctx context.Context) {
	_ = ContextWithSpan(ctx, "own").SpanContext()
}
