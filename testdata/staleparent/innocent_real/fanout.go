package innocent_real

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

// Grouped derives the group's context from the span's, under the same name.
func Grouped(ctx context.Context, svc *service.Orders, ids []string) error {
	ctx, span := tracer.Start(ctx, "grouped")
	defer span.End()
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error {
			ctx, span := tracer.Start(ctx, "one", trace.WithAttributes(attribute.String("id", id)))
			defer span.End()
			_, err := svc.Load(ctx, id)
			return err
		})
	}
	return g.Wait()
}

// Collected starts its goroutines first, on the caller's context; the span that
// begins then is only for the wait for them.
func Collected(ctx context.Context, svc *service.Orders, ids []string) int64 {
	out := make(chan int64, len(ids))
	for _, id := range ids {
		go func() {
			it, _ := svc.Load(ctx, id)
			out <- it.Amount
		}()
	}
	_, wait := tracer.Start(ctx, "collect")
	defer wait.End()
	var sum int64
	for range ids {
		sum += <-out
	}
	return sum
}

// Heartbeat traces the beats in a goroutine of its own, beside the work: the two
// spans overlap and have nothing to do with each other.
func Heartbeat(ctx context.Context, svc *service.Orders, it store.Order) error {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_, span := tracer.Start(ctx, "heartbeat")
		defer span.End()
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Second):
				span.AddEvent("alive")
			}
		}
	})
	err := svc.Place(ctx, it)
	close(done)
	wg.Wait()
	return err
}

// Enqueued has a span for the enqueueing; the task runs when the pool gets to it,
// when that span is over, and belongs to the caller's.
func Enqueued(ctx context.Context, svc *service.Orders, tasks chan<- func() error, it store.Order) {
	_, span := tracer.Start(ctx, "enqueue")
	defer span.End()
	task := func() error { return svc.Place(ctx, it) }
	tasks <- task
}

// Mapped gives each literal a context by a helper that starts the span.
func Mapped(ctx context.Context, svc *service.Orders, ids []string) error {
	for _, id := range ids {
		if err := telemetry.WithSpan(ctx, "map", func(ctx context.Context) error {
			_, err := svc.Load(ctx, id)
			return err
		}); err != nil {
			return fmt.Errorf("map %s: %w", id, err)
		}
	}
	return nil
}

// Hedged sends the second request under a span of its own when the first is late;
// the two are siblings under the caller's.
func Hedged(ctx context.Context, svc *service.Orders, id string) (store.Order, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type answer struct {
		it  store.Order
		err error
	}
	answers := make(chan answer, 2)
	ask := func(name string) {
		ctx, span := tracer.Start(ctx, name)
		defer span.End()
		it, err := svc.Load(ctx, id)
		answers <- answer{it, err}
	}
	go ask("first")
	select {
	case a := <-answers:
		return a.it, a.err
	case <-time.After(100 * time.Millisecond):
		go ask("hedge")
	}
	a := <-answers
	return a.it, a.err
}

// stage is a part of a pipeline: it works on the context of the item, which the
// stage before made, and not on that of the pipeline.
type stage struct {
	ctx context.Context
	it  store.Order
}

// Pipeline has a span for the whole of it, which the items' are not under: each has
// the trace of the request that brought it.
func Pipeline(ctx context.Context, svc *service.Orders, in <-chan stage) (failed int) {
	_, span := tracer.Start(ctx, "pipeline", trace.WithNewRoot())
	defer span.End()
	for s := range in {
		ictx, item := tracer.Start(s.ctx, "item", trace.WithLinks(trace.Link{SpanContext: span.SpanContext()}))
		if err := svc.Place(ictx, s.it); err != nil {
			item.SetStatus(codes.Error, err.Error())
			failed++
		}
		item.End()
	}
	return failed
}

// Events is a stream of server-sent events: a leaf for the subscription, ended before
// the loop, and a span for each event whose context the work for it gets.
func Events(svc *service.Orders, subscribe func(done <-chan struct{}) <-chan string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		_, sub := tracer.Start(ctx, "sse.subscribe")
		ids := subscribe(ctx.Done())
		sub.End()
		rc := http.NewResponseController(w)
		for {
			select {
			case <-ctx.Done():
				return
			case id, ok := <-ids:
				if !ok {
					return
				}
				ectx, span := tracer.Start(ctx, "sse.event")
				it, err := svc.Load(ectx, id)
				if err == nil {
					_, err = fmt.Fprintf(w, "data: %s\n\n", it.ID)
				}
				if err == nil {
					err = rc.Flush()
				}
				span.End()
				if err != nil {
					return
				}
			}
		}
	}
}
