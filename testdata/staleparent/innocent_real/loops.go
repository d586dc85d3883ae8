package innocent_real

import (
	"context"
	"errors"
	"iter"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// Retry has a span for each attempt and sleeps on the outer context, so that the
// pause is not in the attempt.
func Retry(ctx context.Context, c clock, svc *service.Orders, it store.Order) (err error) {
	for attempt := range 3 {
		actx, span := tracer.Start(ctx, "attempt", trace.WithAttributes(attribute.Int("n", attempt)))
		if err = svc.Place(actx, it); err == nil {
			span.End()
			return nil
		}
		span.SetStatus(codes.Error, err.Error())
		span.End()
		if serr := c.Sleep(ctx, time.Duration(attempt)*time.Second); serr != nil {
			return errors.Join(err, serr)
		}
	}
	return err
}

// Poll asks for a root in each turn, so the context from before is no parent.
func Poll(ctx context.Context, svc *service.Orders, ids []string) {
	var span trace.Span
	for _, id := range ids {
		ctx, span = tracer.Start(ctx, "poll", trace.WithNewRoot())
		if _, err := svc.Load(ctx, id); err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
}

// PostReset goes back in the post statement of the loop.
func PostReset(parent context.Context, svc *service.Orders, next func() (string, bool)) {
	id, ok := next()
	for ctx := parent; ok; ctx = parent {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "item")
		_, _ = svc.Load(ctx, id)
		span.End()
		id, ok = next()
	}
}

// PutBack puts the outer span back on the context at the end of each turn.
func PutBack(ctx context.Context, svc *service.Orders, ids []string) {
	parent := trace.SpanFromContext(ctx)
	for _, id := range ids {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "item")
		_, _ = svc.Load(ctx, id)
		span.End()
		ctx = trace.ContextWithSpan(ctx, parent)
	}
}

// Lines is a climb with an end: a span a stage, each around all the later ones, and
// closed from the inside by a list.
func Lines(ctx context.Context, svc *service.Orders, stages []string, it store.Order) error {
	var open []func()
	defer func() {
		for i := len(open) - 1; i >= 0; i-- {
			open[i]()
		}
	}()
	for _, name := range stages {
		var span trace.Span
		ctx, span = tracer.Start(ctx, name)
		open = append(open, func() { span.End() })
	}
	return svc.Place(ctx, it)
}

// Labelled starts anew by goto, from the outer context.
func Labelled(ctx context.Context, svc *service.Orders, it store.Order) error {
	var attempts int
again:
	tctx, span := tracer.Start(ctx, "try")
	err := svc.Place(tctx, it)
	span.End()
	if err != nil && attempts < 3 {
		attempts++
		goto again
	}
	return err
}

// Pages has a span for each page, over before the page's items are handed out: what
// the caller does with them is the caller's.
func Pages(ctx context.Context, svc *service.Orders, ids []string) iter.Seq2[store.Order, error] {
	return func(yield func(store.Order, error) bool) {
		for _, id := range ids {
			pctx, span := tracer.Start(ctx, "page")
			it, err := svc.Load(pctx, id)
			if err != nil {
				span.SetStatus(codes.Error, err.Error())
			}
			span.End()
			if !yield(it, err) {
				return
			}
		}
	}
}

// node is a tree.
type node struct {
	id       string
	children []*node
}

// Walk climbs on purpose by recursion: each level assigns its own parameter.
func Walk(ctx context.Context, svc *service.Orders, n *node) error {
	var span trace.Span
	ctx, span = tracer.Start(ctx, "walk")
	defer span.End()
	if _, err := svc.Load(ctx, n.id); err != nil {
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	for _, child := range n.children {
		if err := Walk(ctx, svc, child); err != nil {
			span.SetStatus(codes.Error, err.Error())
			return err
		}
	}
	return nil
}

// Fallbacks leaves the loop in every turn that has started a span.
func Fallbacks(ctx context.Context, svc *service.Orders, hosts map[string]bool) (store.Order, error) {
	for host, up := range hosts {
		if !up {
			continue
		}
		var span trace.Span
		ctx, span = tracer.Start(ctx, "fallback", trace.WithAttributes(attribute.String("host", host)))
		defer span.End()
		return svc.Load(ctx, host)
	}
	return store.Order{}, errors.New("no host is up")
}

// Drains times the wait for each item, and works on it when that span is over.
func Drains(ctx context.Context, svc *service.Orders, in <-chan store.Order) error {
	for {
		_, wait := tracer.Start(ctx, "receive")
		select {
		case it, ok := <-in:
			wait.End()
			if !ok {
				return nil
			}
			if err := svc.Place(ctx, it); err != nil {
				return err
			}
		case <-ctx.Done():
			wait.End()
			return ctx.Err()
		}
	}
}
