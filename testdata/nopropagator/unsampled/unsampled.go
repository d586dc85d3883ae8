// Package unsampled starts spans under span contexts that it puts together from ids,
// and forgets the flags.
package unsampled

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("unsampled")

// Background carries the trace of a request over to a goroutine.
func Background(ctx context.Context, work func(context.Context)) {
	ctx, span := tracer.Start(ctx, "request")
	defer span.End()
	work(ctx)
	long := trace.NewSpanContext(trace.SpanContextConfig{ // want `the span context has the id of a trace and no TraceFlags`
		TraceID:    span.SpanContext().TraceID(),
		SpanID:     span.SpanContext().SpanID(),
		TraceFlags: 0x0,
	})
	go func() {
		ctx, span := tracer.Start(trace.ContextWithSpanContext(context.Background(), long), "background")
		defer span.End()
		work(ctx)
	}()
}

// Remote goes on with a trace whose ids came in fields of a message.
func Remote(ctx context.Context, traceID, spanID string) (context.Context, trace.Span) {
	tid, _ := trace.TraceIDFromHex(traceID)
	sid, _ := trace.SpanIDFromHex(spanID)
	parent := trace.NewSpanContext(trace.SpanContextConfig{TraceID: tid, SpanID: sid, Remote: true}) // want `the span context has the id of a trace and no TraceFlags`
	return tracer.Start(trace.ContextWithRemoteSpanContext(ctx, parent), "remote")
}

func parentOf(traceID trace.TraceID, spanID trace.SpanID) trace.SpanContext {
	return trace.NewSpanContext(trace.SpanContextConfig{TraceID: traceID, SpanID: spanID}) // want `the span context has the id of a trace and no TraceFlags`
}

// Made has a function make it.
func Made(ctx context.Context, traceID trace.TraceID, spanID trace.SpanID) (context.Context, trace.Span) {
	return tracer.Start(trace.ContextWithRemoteSpanContext(ctx, parentOf(traceID, spanID)), "made")
}
