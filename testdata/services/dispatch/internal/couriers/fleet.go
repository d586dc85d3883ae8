// Package couriers knows who is on the road, and with what.
package couriers

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/telemetry"
)

// ErrUnknown is returned for a parcel that was never seen.
var ErrUnknown = errors.New("no such parcel")

// A Fleet is the couriers and their parcels.
type Fleet struct {
	mu      sync.Mutex
	names   []string
	next    int
	history map[string][]string
}

// NewFleet returns couriers with these names.
func NewFleet(names ...string) *Fleet {
	return &Fleet{names: names, history: make(map[string][]string)}
}

// Nearest is NearestContext for tools, which have no context.
func (f *Fleet) Nearest(parcel string) (string, error) {
	return f.NearestContext(context.Background(), parcel)
}

// NearestContext returns who is to take a parcel.
func (f *Fleet) NearestContext(ctx context.Context, parcel string) (courier string, err error) {
	_, _, done := telemetry.StartTask(ctx, "fleet.nearest", attribute.String("parcel.id", parcel))
	defer done(&err)

	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.names) == 0 {
		return "", errors.New("nobody is on the road")
	}
	courier = f.names[f.next%len(f.names)]
	f.next++
	return courier, nil
}

// Note adds to the history of a parcel.
func (f *Fleet) Note(ctx context.Context, parcel, what string) {
	_, span, _ := telemetry.StartTask(ctx, "fleet.note", attribute.String("parcel.id", parcel))
	defer span.End()

	f.mu.Lock()
	defer f.mu.Unlock()
	f.history[parcel] = append(f.history[parcel], what)
}

// History returns what happened to a parcel, or ErrUnknown.
func (f *Fleet) History(ctx context.Context, parcel string) (history []string, err error) {
	_, span, done := telemetry.StartTask(ctx, "fleet.history")

	f.mu.Lock()
	defer f.mu.Unlock()
	history, ok := f.history[parcel]
	span.SetAttributes(attribute.Int("entries", len(history)))
	if !ok {
		return nil, fmt.Errorf("%s: %w", parcel, ErrUnknown)
	}
	done(&err)
	return append([]string(nil), history...), nil
}
