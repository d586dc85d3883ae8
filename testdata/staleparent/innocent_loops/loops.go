// Package innocent_loops starts spans in loops, each under what it should be
// under.
package innocent_loops

import (
	"context"
	"fmt"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

var tracer = otel.Tracer("loops")

// Shadow declares the context anew in each iteration.
func Shadow(ctx context.Context, svc *service.Orders, items []store.Order) {
	for _, it := range items {
		ctx, span := tracer.Start(ctx, "item")
		_ = svc.Place(ctx, it)
		span.End()
	}
}

// OtherName has a name for the iteration's context.
func OtherName(ctx context.Context, svc *service.Orders, items []store.Order) {
	var (
		itemCtx context.Context
		span    trace.Span
	)
	for _, it := range items {
		itemCtx, span = tracer.Start(ctx, "item")
		_ = svc.Place(itemCtx, it)
		span.End()
	}
}

// Reset goes back to the outer context at the end of the iteration.
func Reset(ctx context.Context, svc *service.Orders, items []store.Order) {
	parent := ctx
	var span trace.Span
	for _, it := range items {
		ctx, span = tracer.Start(ctx, "item")
		_ = svc.Place(ctx, it)
		span.End()
		ctx = parent
	}
}

// ResetFirst does so at the head.
func ResetFirst(base context.Context, svc *service.Orders, items []store.Order) {
	var ctx context.Context
	var span trace.Span
	for _, it := range items {
		ctx = base
		ctx, span = tracer.Start(ctx, "item")
		_ = svc.Place(ctx, it)
		span.End()
	}
}

// PerIteration has a context of the iteration's own, from a message.
func PerIteration(msgs <-chan struct {
	Ctx   context.Context
	Order store.Order
}, svc *service.Orders) {
	for m := range msgs {
		ctx := m.Ctx
		var span trace.Span
		ctx, span = tracer.Start(ctx, "message")
		_ = svc.Place(ctx, m.Order)
		span.End()
	}
}

// Descends is meant to climb: a span for each directory on the way down, all
// open at once and ended from the innermost outwards.
func Descends(ctx context.Context, svc *service.Orders, path []string) error {
	spans := make([]trace.Span, 0, len(path))
	for _, dir := range path {
		var span trace.Span
		ctx, span = tracer.Start(ctx, dir)
		spans = append(spans, span)
	}
	_, err := svc.Load(ctx, path[len(path)-1])
	for i := len(spans) - 1; i >= 0; i-- {
		spans[i].End()
	}
	return err
}

// DescendsDeferred ends them with defers, as many as there are levels.
func DescendsDeferred(ctx context.Context, svc *service.Orders, levels ...string) error {
	for _, level := range levels {
		var span trace.Span
		ctx, span = tracer.Start(ctx, level)
		defer span.End()
	}
	_, err := svc.Load(ctx, "leaf")
	return err
}

// OneTurn never comes around with a span of its own.
func OneTurn(ctx context.Context, svc *service.Orders, ids <-chan string) (err error) {
	var span trace.Span
	for id := range ids {
		if id == "" {
			continue
		}
		ctx, span = tracer.Start(ctx, "first")
		_, err = svc.Load(ctx, id)
		span.End()
		return err
	}
	return nil
}

// Breaks leaves the loop after the span.
func Breaks(ctx context.Context, svc *service.Orders, ids []string) (err error) {
	var span trace.Span
	for _, id := range ids {
		if len(id) < 3 {
			continue
		}
		ctx, span = tracer.Start(ctx, "found")
		_, err = svc.Load(ctx, id)
		span.End()
		break
	}
	return err
}

// Before starts its one span before the loop.
func Before(ctx context.Context, svc *service.Orders, ids []string) {
	var span trace.Span
	ctx, span = tracer.Start(ctx, "all")
	defer span.End()
	for _, id := range ids {
		_, _ = svc.Load(ctx, id)
	}
}

// Literal calls a literal with a parameter for each item.
func Literal(ctx context.Context, svc *service.Orders, items []store.Order) {
	var span trace.Span
	for _, it := range items {
		func(ctx context.Context) {
			ctx, span = tracer.Start(ctx, "item")
			defer span.End()
			_ = svc.Place(ctx, it)
		}(ctx)
	}
}

// Timeout makes the iteration's context with a deadline first.
func Timeout(ctx context.Context, svc *service.Orders, items []store.Order) error {
	for i, it := range items {
		itemCtx, cancel := context.WithTimeout(ctx, time.Second)
		var span trace.Span
		itemCtx, span = tracer.Start(itemCtx, fmt.Sprint("item ", i%10))
		err := svc.Place(itemCtx, it)
		span.End()
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}
