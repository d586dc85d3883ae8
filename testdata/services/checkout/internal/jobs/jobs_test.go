package jobs

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
)

var noon = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)

// newRunner returns a Runner at noon that waits an hour for the payment of the
// orders in its store: two old ones, and a new one.
func newRunner(t *testing.T) (*Runner, *store.Store) {
	t.Helper()
	st := store.New()
	for id, age := range map[string]time.Duration{"old": 2 * time.Hour, "older": 3 * time.Hour, "new": time.Minute} {
		st.Insert(t.Context(), store.Order{ID: id, Status: store.Pending, Created: noon.Add(-age)})
	}
	r := NewRunner(st, time.Hour)
	r.now = func() time.Time { return noon }
	return r, st
}

// check fails the test unless the orders are in the given states.
func check(t *testing.T, st *store.Store, want map[string]store.Status) {
	t.Helper()
	for id, status := range want {
		o, err := st.Find(t.Context(), id)
		if err != nil || o.Status != status {
			t.Errorf("order %s is %q (%v), want %q", id, o.Status, err, status)
		}
	}
}

func TestRound(t *testing.T) {
	r, st := newRunner(t)
	if err := st.MarkPaid(t.Context(), "old"); err != nil {
		t.Fatal(err)
	}
	changed, err := r.Round(t.Context())
	if changed != 2 || err != nil {
		t.Errorf("changed %d orders (%v), want 2", changed, err)
	}
	check(t, st, map[string]store.Status{"old": store.Settled, "older": store.Cancelled, "new": store.Pending})

	if changed, err := r.Round(t.Context()); changed != 0 || err != nil {
		t.Errorf("a second round changed %d orders (%v), want none", changed, err)
	}
}

func TestRoundStopsWhenCancelled(t *testing.T) {
	r, st := newRunner(t)
	if err := st.MarkPaid(t.Context(), "new"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Round(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	check(t, st, map[string]store.Status{"new": store.Paid})
}

func TestSettleOfUnpaidOrderFails(t *testing.T) {
	r, st := newRunner(t)
	if err := r.settle(t.Context(), store.Order{ID: "old"}); !errors.Is(err, store.ErrState) {
		t.Errorf("error %v, want ErrState", err)
	}
	if err := r.settle(t.Context(), store.Order{ID: "none"}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
	check(t, st, map[string]store.Status{"old": store.Pending})
}
