// Package climbing assigns the context of a span that a loop starts to the
// variable that the next iteration starts from.
package climbing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

var tracer = otel.Tracer("climbing")

// Items has the span declared before the loop.
func Items(ctx context.Context, svc *service.Orders, items []store.Order) error {
	var span trace.Span
	for _, it := range items {
		ctx, span = tracer.Start(ctx, "item") // want `ctx climbs from iteration to iteration`
		err := svc.Place(ctx, it)
		span.End()
		if err != nil {
			return err
		}
	}
	return nil
}

// Inside has it declared in the loop: a team that met "declared and not used".
func Inside(ctx context.Context, svc *service.Orders, items []store.Order) (failed int) {
	for _, it := range items {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "item", trace.WithSpanKind(trace.SpanKindInternal)) // want `ctx climbs from iteration to iteration`
		if err := svc.Place(ctx, it); err != nil {
			failed++
		}
		span.End()
	}
	return failed
}

// Retry puts each attempt under the one before.
func Retry(ctx context.Context, attempts int, fn func(context.Context) error) (err error) {
	var attempt trace.Span
	for i := 0; i < attempts; i++ {
		ctx, attempt = tracer.Start(ctx, "attempt") // want `ctx climbs from iteration to iteration`
		err = fn(ctx)
		attempt.End()
		if err == nil {
			return nil
		}
	}
	return err
}

// Worker never returns: its trace is as deep as the queue was long.
func Worker(ctx context.Context, svc *service.Orders, queue <-chan store.Order) {
	workCtx := context.WithoutCancel(ctx)
	var span trace.Span
	for {
		select {
		case <-ctx.Done():
			return
		case it, ok := <-queue:
			if !ok {
				return
			}
			workCtx, span = tracer.Start(workCtx, "message") // want `workCtx climbs from iteration to iteration`
			_ = svc.Place(workCtx, it)
			span.End()
		}
	}
}

// Wrapped starts with the shop's own layer.
func Wrapped(ctx context.Context, svc *service.Orders, ids ...string) error {
	span := trace.SpanFromContext(ctx)
	for _, id := range ids {
		ctx, span = telemetry.StartSpan(ctx, "load") // want `ctx climbs from iteration to iteration`
		_, err := svc.Load(ctx, id)
		telemetry.End(span, err)
		if err != nil {
			return err
		}
	}
	return nil
}

// Struct starts a span in a struct.
func Struct(ctx context.Context, svc *service.Orders, ids ...string) (err error) {
	var op *telemetry.Op
	for i := range ids {
		ctx, op = telemetry.Begin(ctx, "load") // want `ctx climbs from iteration to iteration`
		_, err = svc.Load(ctx, ids[i])
		op.Finish(&err)
	}
	return err
}

// Function ends with a function.
func Function(ctx context.Context, svc *service.Orders, ids map[string]int) {
	var end func()
	for id := range ids {
		ctx, end = telemetry.Trace(ctx, "load") // want `ctx climbs from iteration to iteration`
		_, _ = svc.Load(ctx, id)
		end()
	}
}

// Leaf climbs although nothing but the span takes the context: the spans
// themselves are in a row.
func Leaf(ctx context.Context, stages []string) {
	var span trace.Span
	for _, name := range stages {
		ctx, span = tracer.Start(ctx, "stage "+name) // want `ctx climbs from iteration to iteration`
		time.Sleep(time.Millisecond)
		span.End()
	}
}

// Ticker does so on every tick.
func Ticker(ctx context.Context, svc *service.Orders, every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	var (
		tick trace.Span
		err  error
	)
	for range t.C {
		ctx, tick = tracer.Start(ctx, "tick") // want `ctx climbs from iteration to iteration`
		if _, err = svc.Load(ctx, "next"); err != nil {
			tick.RecordError(err)
			tick.End()
			continue
		}
		tick.End()
	}
}

// Nested climbs in the inner loop; the outer one has a context of its own for
// each page.
func Nested(ctx context.Context, svc *service.Orders, pages [][]string) error {
	for n, page := range pages {
		pageCtx, pageSpan := tracer.Start(ctx, "page")
		var span trace.Span
		for _, id := range page {
			pageCtx, span = tracer.Start(pageCtx, "id") // want `pageCtx climbs from iteration to iteration`
			_, err := svc.Load(pageCtx, id)
			span.End()
			if err != nil {
				pageSpan.End()
				return fmt.Errorf("page %d: %w", n, err)
			}
		}
		pageSpan.End()
	}
	return nil
}

// OtherName starts from ctx and climbs in a variable of another name after the
// first turn.
func OtherName(ctx context.Context, svc *service.Orders, ids ...string) error {
	cur := ctx
	var errs []error
	var span trace.Span
	for _, id := range ids {
		cur, span = tracer.Start(cur, "other") // want `cur climbs from iteration to iteration`
		_, err := svc.Load(cur, id)
		errs = append(errs, err)
		span.End()
	}
	return errors.Join(errs...)
}
