// Package innocent_lookalike drops contexts that no span came with.
package innocent_lookalike

import (
	"context"
	"os"
	"os/signal"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

var tracer = otel.Tracer("lookalike")

// Cancelled wants the cancel function only.
func Cancelled(ctx context.Context, svc *service.Orders, id string) error {
	_, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := svc.Load(ctx, id)
	return err
}

// Signals wants to swallow a signal.
func Signals(ctx context.Context, svc *service.Orders, id string) error {
	_, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	_, err := svc.Load(ctx, id)
	return err
}

// Race is a game, which has a tracer of its own.
type Race struct{ laps int }

// Start returns a context and a lap.
func (r *Race) Start(ctx context.Context, name string) (context.Context, *Race) {
	r.laps++
	return context.WithValue(ctx, lapKey{}, name), r
}

// End ends the lap.
func (r *Race) End() { r.laps-- }

type lapKey struct{}

// Game drops the context of a lap.
func Game(ctx context.Context, r *Race, svc *service.Orders) error {
	_, lap := r.Start(ctx, "lap")
	defer lap.End()
	_, err := svc.Load(ctx, "lap")
	return err
}

// Laps climbs in a loop of laps.
func Laps(ctx context.Context, r *Race, n int) {
	for range n {
		ctx, r = r.Start(ctx, "lap")
		r.End()
	}
}

// Lock returns a context that ends when the lock is lost.
func lock(ctx context.Context, name string) (context.Context, func(), error) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, cancel, nil
}

// Locked works on the outer context, because the work must not end with the lock.
func Locked(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, unlock, err := lock(ctx, "orders")
	if err != nil {
		return err
	}
	defer unlock()
	return svc.Place(ctx, it)
}

// Borrowed has a span that it did not start.
func Borrowed(ctx context.Context, svc *service.Orders, it store.Order) error {
	span := trace.SpanFromContext(ctx)
	span.AddEvent("placed")
	return svc.Place(ctx, it)
}

// Maybe puts its span on the request where the route wants it.
func Maybe(traced bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		if !traced {
			c.Next()
			return
		}
		ctx, span := tracer.Start(c.Request.Context(), "maybe")
		defer span.End()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}

// Unknown hands the old context to a function that it was given: nobody knows
// what that does.
func Unknown(ctx context.Context, observe func(context.Context, int)) {
	_, span := tracer.Start(ctx, "Unknown")
	defer span.End()
	observe(ctx, 1)
}

// Registered captures the old context in a literal that runs when the span is
// over.
func Registered(ctx context.Context, svc *service.Orders, onClose func(func() error)) {
	_, span := tracer.Start(ctx, "Registered")
	defer span.End()
	onClose(func() error { return svc.Place(ctx, store.Order{}) })
}

// Returned returns such a literal.
func Returned(ctx context.Context, svc *service.Orders) func(store.Order) error {
	_, span := tracer.Start(ctx, "Returned")
	defer span.End()
	return func(it store.Order) error { return svc.Place(ctx, it) }
}
