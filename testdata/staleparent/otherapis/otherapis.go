// Package otherapis drops the contexts of OpenTracing's and OpenCensus's spans.
package otherapis

import (
	"context"

	"github.com/opentracing/opentracing-go"
	"go.opencensus.io/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// OpenTracing has the span first.
func OpenTracing(ctx context.Context, svc *service.Orders, it store.Order) error {
	span, _ := opentracing.StartSpanFromContext(ctx, "OpenTracing") // want `the context of span is dropped and ctx is used on line 18,`
	defer span.Finish()
	return svc.Place(ctx, it)
}

// OpenCensus has it last.
func OpenCensus(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, span := trace.StartSpan(ctx, "OpenCensus") // want `the context of span is dropped and ctx is used on line 25,`
	defer span.End()
	return svc.Place(ctx, it)
}

// OpenTracingRight uses what it gets.
func OpenTracingRight(ctx context.Context, svc *service.Orders, it store.Order) error {
	span, ctx := opentracing.StartSpanFromContext(ctx, "OpenTracingRight")
	defer span.Finish()
	return svc.Place(ctx, it)
}

// OpenTracingPut puts the span on a context by hand.
func OpenTracingPut(ctx context.Context, svc *service.Orders, it store.Order) error {
	span, _ := opentracing.StartSpanFromContext(ctx, "OpenTracingPut")
	defer span.Finish()
	ctx = opentracing.ContextWithSpan(ctx, span)
	return svc.Place(ctx, it)
}

// OpenTracingClimbs climbs.
func OpenTracingClimbs(ctx context.Context, svc *service.Orders, items []store.Order) {
	var span opentracing.Span
	for _, it := range items {
		span, ctx = opentracing.StartSpanFromContext(ctx, "item") // want `ctx climbs from iteration to iteration`
		_ = svc.Place(ctx, it)
		span.Finish()
	}
}
