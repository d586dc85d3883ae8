// Package jobs holds what the service does on its own, in the background:
// orders that nobody paid for are cancelled, paid ones are settled.
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

var tracer = otel.Tracer("checkout/jobs")

// Runner runs the background jobs on one store.
type Runner struct {
	store  *store.Store
	maxAge time.Duration
	now    func() time.Time
}

// NewRunner returns a Runner that cancels the orders of st that stay unpaid
// for longer than maxAge.
func NewRunner(st *store.Store, maxAge time.Duration) *Runner {
	return &Runner{store: st, maxAge: maxAge, now: time.Now}
}

// Run does a round of work at every tick, until ctx is cancelled.
func (r *Runner) Run(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if _, err := r.Round(ctx); err != nil {
				slog.ErrorContext(ctx, "background round", "error", err)
			}
		}
	}
}

// Round does one round of work and returns how many orders it changed.
func (r *Runner) Round(ctx context.Context) (int, error) {
	ctx, done := telemetry.Track(ctx, "jobs.round")

	expired := r.Expire(ctx)
	if err := ctx.Err(); err != nil {
		return expired, err
	}
	settled, err := r.settleAll(ctx)
	done(err)
	return expired + settled, err
}

// Expire cancels the orders that stayed unpaid for too long and returns how
// many it cancelled. One that was paid or cancelled meanwhile is left alone.
func (r *Runner) Expire(ctx context.Context) int {
	cancelled := 0
	for _, o := range r.store.PendingBefore(ctx, r.now().Add(-r.maxAge)) {
		orderCtx, span := tracer.Start(ctx, "jobs.expire_order")
		span.SetAttributes(attribute.String("order.id", o.ID))

		err := r.store.Cancel(orderCtx, o.ID)
		if errors.Is(err, store.ErrState) {
			continue
		}
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
			span.End()
			break
		}
		cancelled++
		span.End()
	}
	return cancelled
}

// settleAll settles the paid orders, and returns how many there were.
func (r *Runner) settleAll(ctx context.Context) (int, error) {
	settled := 0
	for _, o := range r.store.InState(ctx, store.Paid) {
		if err := r.settle(ctx, o); err != nil {
			return settled, err
		}
		settled++
	}
	return settled, nil
}

func (r *Runner) settle(ctx context.Context, o store.Order) error {
	ctx, span := tracer.Start(ctx, "jobs.settle_order")
	span.SetAttributes(attribute.String("order.id", o.ID), attribute.Int("order.total", o.Total))
	err := r.store.Settle(ctx, o.ID)
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	return nil
}
