package fixes

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

// The outer span is used for nothing else: with := it would be unused.
func climbOnly(ctx context.Context, n int) {
	var span trace.Span
	for range n {
		ctx, span = tracer.Start(ctx, "climbOnly") // want `ctx climbs from iteration to iteration`
		_ = work(ctx)
		span.End()
	}
}

// The outer span is used elsewhere, so := compiles.
func climbUsed(ctx context.Context, n int) {
	ctx, span := tracer.Start(ctx, "climbUsed")
	span.AddEvent("first")
	span.End()
	for range n {
		ctx, span = tracer.Start(ctx, "turn") // want `ctx climbs from iteration to iteration`
		_ = work(ctx)
		span.End()
	}
}

// The last span's identity is read after the loop: := would change what is read.
func climbRead(ctx context.Context, n int) trace.SpanContext {
	var span trace.Span
	for range n {
		ctx, span = tracer.Start(ctx, "climbRead") // want `ctx climbs from iteration to iteration`
		_ = work(ctx)
		span.End()
	}
	return span.SpanContext()
}

// A leaf: with := ctx would be declared and not used.
func climbLeaf(ctx context.Context, names []string) {
	span := trace.SpanFromContext(ctx)
	span.AddEvent("names")
	for _, name := range names {
		ctx, span = tracer.Start(ctx, name) // want `ctx climbs from iteration to iteration`
		span.End()
	}
}

// In the same block as the declaration := has no new variable.
func climbSameBlock(ctx context.Context, n int) {
	for range n {
		var span trace.Span
		// one for each turn
		ctx, span = tracer.Start(ctx, "climbSameBlock") /* here */ // want `ctx climbs from iteration to iteration`
		_ = work(ctx)
		span.End()
	}
}
