// Package innocent_unsampled makes span contexts by hand, with the flags that they
// need, or where they need none. Nothing in it is reported.
package innocent_unsampled

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("innocent_unsampled")

// Sampled says so.
func Sampled(ctx context.Context, traceID trace.TraceID, spanID trace.SpanID) (context.Context, trace.Span) {
	parent := trace.NewSpanContext(trace.SpanContextConfig{TraceID: traceID, SpanID: spanID, TraceFlags: trace.FlagsSampled, Remote: true})
	return tracer.Start(trace.ContextWithRemoteSpanContext(ctx, parent), "sampled")
}

// Copied takes the flags of another one.
func Copied(ctx context.Context, sc trace.SpanContext) (context.Context, trace.Span) {
	parent := trace.NewSpanContext(trace.SpanContextConfig{TraceID: sc.TraceID(), SpanID: sc.SpanID(), TraceFlags: sc.TraceFlags()})
	return tracer.Start(trace.ContextWithSpanContext(ctx, parent), "copied")
}

// Later sets them in the span context that it makes.
func Later(ctx context.Context, traceID trace.TraceID, spanID trace.SpanID, sampled bool) (context.Context, trace.Span) {
	parent := trace.NewSpanContext(trace.SpanContextConfig{TraceID: traceID, SpanID: spanID})
	return tracer.Start(trace.ContextWithSpanContext(ctx, parent.WithTraceFlags(parent.TraceFlags().WithSampled(sampled))), "later")
}

// InConfig sets them in the configuration.
func InConfig(ctx context.Context, traceID trace.TraceID, spanID trace.SpanID, sampled bool) (context.Context, trace.Span) {
	config := trace.SpanContextConfig{TraceID: traceID, SpanID: spanID}
	if sampled {
		config.TraceFlags = trace.FlagsSampled
	}
	return tracer.Start(trace.ContextWithSpanContext(ctx, trace.NewSpanContext(config)), "config")
}

// Either is made in two ways.
func Either(ctx context.Context, traceID trace.TraceID, spanID trace.SpanID, sampled bool) (context.Context, trace.Span) {
	parent := trace.NewSpanContext(trace.SpanContextConfig{TraceID: traceID, SpanID: spanID})
	if sampled {
		parent = trace.NewSpanContext(trace.SpanContextConfig{TraceID: traceID, SpanID: spanID, TraceFlags: trace.FlagsSampled})
	}
	return tracer.Start(trace.ContextWithSpanContext(ctx, parent), "either")
}

// Linked is a link, which no sampler asks.
func Linked(ctx context.Context, traceID trace.TraceID, spanID trace.SpanID) (context.Context, trace.Span) {
	other := trace.NewSpanContext(trace.SpanContextConfig{TraceID: traceID, SpanID: spanID})
	return tracer.Start(ctx, "linked", trace.WithLinks(trace.Link{SpanContext: other}))
}

// Whole carries over what there is.
func Whole(ctx context.Context, span trace.Span) context.Context {
	return trace.ContextWithSpanContext(ctx, span.SpanContext())
}

// Empty has no trace at all: the span is a root.
func Empty(ctx context.Context) (context.Context, trace.Span) {
	return tracer.Start(trace.ContextWithSpanContext(ctx, trace.NewSpanContext(trace.SpanContextConfig{})), "empty")
}
