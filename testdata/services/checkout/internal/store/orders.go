package store

import (
	"context"
	"fmt"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

// Insert stores a new order. An order of the same id is replaced.
func (s *Store) Insert(ctx context.Context, o Order) {
	ctx, _ = telemetry.StartSpan(ctx, "store.insert_order", attribute.String("order.id", o.ID))

	s.mu.Lock()
	s.orders[o.ID] = o
	s.mu.Unlock()
	s.note(ctx, o.ID, "created")
}

// Find returns the order of that id, or ErrNotFound.
func (s *Store) Find(ctx context.Context, id string) (Order, error) {
	_, span := telemetry.StartSpan(ctx, "store.find_order", attribute.String("order.id", id))

	s.mu.Lock()
	o, ok := s.orders[id]
	s.mu.Unlock()

	span.SetAttributes(attribute.Bool("order.found", ok))
	if !ok {
		return Order{}, fmt.Errorf("order %s: %w", id, ErrNotFound)
	}
	return o, nil
}

// Cancel cancels a pending order and puts its items back on the shelf. The
// error is ErrNotFound or ErrState.
func (s *Store) Cancel(ctx context.Context, id string) (err error) {
	ctx, span := tracer.Start(ctx, "store.cancel_order")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
	}()
	defer span.End()

	o, err := s.transition(ctx, id, Pending, Cancelled)
	if err != nil {
		return err
	}
	s.Release(ctx, o.Items)
	return nil
}

// MarkPaid turns a pending order into a paid one. The error is ErrNotFound or
// ErrState.
func (s *Store) MarkPaid(ctx context.Context, id string) (err error) {
	ctx, span := telemetry.StartSpan(ctx, "store.mark_paid", attribute.String("order.id", id))
	defer telemetry.End(span, &err)

	_, err = s.transition(ctx, id, Pending, Paid)
	return err
}

// Settle turns a paid order into a settled one. The error is ErrNotFound or
// ErrState.
func (s *Store) Settle(ctx context.Context, id string) (err error) {
	ctx, span := telemetry.StartSpan(ctx, "store.settle", attribute.String("order.id", id))
	defer telemetry.End(span, &err)

	_, err = s.transition(ctx, id, Paid, Settled)
	return err
}

// PendingBefore returns the pending orders created before t, oldest first.
func (s *Store) PendingBefore(ctx context.Context, t time.Time) []Order {
	_, done := telemetry.Track(ctx, "store.pending_before")
	defer done(nil)

	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byAge(func(o Order) bool { return o.Status == Pending && o.Created.Before(t) })
}

// InState returns the orders in that state, oldest first.
func (s *Store) InState(ctx context.Context, state Status) []Order {
	_, span := tracer.Start(ctx, "store.in_state")
	defer span.End()
	span.SetAttributes(attribute.String("order.state", string(state)))

	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byAge(func(o Order) bool { return o.Status == state })
}

// transition moves an order from one state to another and returns it.
func (s *Store) transition(ctx context.Context, id string, from, to Status) (Order, error) {
	s.mu.Lock()
	o, ok := s.orders[id]
	if !ok {
		s.mu.Unlock()
		return Order{}, fmt.Errorf("order %s: %w", id, ErrNotFound)
	}
	if o.Status != from {
		s.mu.Unlock()
		return Order{}, fmt.Errorf("order %s is %s: %w", id, o.Status, ErrState)
	}
	o.Status = to
	s.orders[id] = o
	s.mu.Unlock()

	s.note(ctx, id, string(to))
	return o, nil
}
