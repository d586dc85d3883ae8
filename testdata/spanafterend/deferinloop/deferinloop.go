// Package deferinloop holds spans whose end is deferred in a loop, so that all
// of them stay open until the function returns.
package deferinloop

import (
	"context"
	"iter"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

var tracer = otel.Tracer("deferinloop")

func ranged(ctx context.Context, ids []string) error {
	for _, id := range ids {
		itemCtx, span := tracer.Start(ctx, "item")
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
		if _, err := work.Load(itemCtx, id); err != nil {
			return err
		}
	}
	return nil
}

// The context is overwritten in each turn, so the spans nest as well.
func nested(ctx context.Context, ids []string) {
	var span trace.Span
	for _, id := range ids {
		ctx, span = tracer.Start(ctx, "item")
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
		_, _ = work.Load(ctx, id)
	}
}

// The end is deferred in a closure.
func closure(ctx context.Context, ids []string) {
	for _, id := range ids {
		ctx, span := tracer.Start(ctx, "item")
		defer func() { // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
			span.AddEvent("done")
			span.End()
		}()
		_, _ = work.Load(ctx, id)
	}
}

// A worker that runs until it is told to stop: its spans are exported then, all
// at once.
func worker(ctx context.Context) {
	for {
		item, ok := work.Next(ctx)
		if !ok {
			return
		}
		itemCtx, span := tracer.Start(ctx, "item")
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
		if err := work.Save(itemCtx, item); err != nil {
			span.SetStatus(codes.Error, err.Error())
			continue
		}
	}
}

// A poller.
func poller(ctx context.Context, ticker *time.Ticker) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			tickCtx, tick := tracer.Start(ctx, "tick")
			defer tick.End() // want `^deferred tick\.End runs when the function returns, so the span of each iteration stays open until then$`
			_, _ = work.Next(tickCtx)
		}
	}
}

// A retry: the spans of the failed attempts stay open.
func retry(ctx context.Context, value string) (err error) {
	for attempt := range 3 {
		attemptCtx, span := tracer.Start(ctx, "attempt", trace.WithAttributes(attribute.Int("attempt", attempt)))
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
		if err = work.Save(attemptCtx, value); err == nil {
			return nil
		}
	}
	return err
}

// In a branch of the loop's body.
func branch(c *gin.Context) {
	ctx := c.Request.Context()
	for i, id := range c.QueryArray("id") {
		if i%2 == 0 {
			evenCtx, span := tracer.Start(ctx, "even")
			defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
			_, _ = work.Load(evenCtx, id)
			continue
		}
		_, _ = work.Load(ctx, id)
	}
	c.Status(204)
}

// The body of a range over a function is no function of its own to defer.
func rangedOverFunc(ctx context.Context, ids iter.Seq[string]) {
	for id := range ids {
		itemCtx, span := tracer.Start(ctx, "item")
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
		_, _ = work.Load(itemCtx, id)
	}
}

// A loop in a function literal.
func literal(ctx context.Context, ids []string) func() {
	return func() {
		for _, id := range ids {
			itemCtx, span := tracer.Start(ctx, "item")
			defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
			_, _ = work.Load(itemCtx, id)
		}
	}
}

// Two loops, one in the other.
func twice(ctx context.Context, lists [][]string) {
	for _, ids := range lists {
		listCtx, list := tracer.Start(ctx, "list")
		for _, id := range ids {
			itemCtx, item := tracer.Start(listCtx, "item")
			defer item.End() // want `^deferred item\.End runs when the function returns, so the span of each iteration stays open until then$`
			_, _ = work.Load(itemCtx, id)
		}
		list.End()
	}
}

// A generic function.
func each[T any](ctx context.Context, values []T, f func(context.Context, T) error) error {
	for _, v := range values {
		valueCtx, span := tracer.Start(ctx, "value")
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
		if err := f(valueCtx, v); err != nil {
			return err
		}
	}
	return nil
}

// finish ends its span.
//
// Silent: an end helper, in no loop.
func finish(span trace.Span, err error) {
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
}

// The helper of the package is deferred, with a labelled continue around it.
func helper(ctx context.Context, lists [][]string) {
lists:
	for _, ids := range lists {
		for _, id := range ids {
			listCtx, span := tracer.Start(ctx, "first")
			_, err := work.Load(listCtx, id)
			defer finish(span, err) // want `^deferred .* runs when the function returns, so the span of each iteration stays open until then$`
			if err != nil {
				continue lists
			}
		}
	}
}
