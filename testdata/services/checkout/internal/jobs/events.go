package jobs

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
)

// Event is what the warehouse says about an order. Headers hold the trace in
// which it happened there.
type Event struct {
	OrderID string            `json:"order_id" binding:"required"`
	Kind    string            `json:"kind" binding:"required"`
	Headers map[string]string `json:"headers"`
}

// Handle does what an event asks for.
func (r *Runner) Handle(ctx context.Context, e Event) error {
	otel.GetTextMapPropagator().Extract(ctx, propagation.MapCarrier(e.Headers))
	ctx, span := tracer.Start(ctx, "jobs.handle_event", trace.WithSpanKind(trace.SpanKindConsumer))
	defer span.End()
	span.SetAttributes(attribute.String("order.id", e.OrderID), attribute.String("event.kind", e.Kind))

	switch e.Kind {
	case "shipped":
		return r.store.Settle(ctx, e.OrderID)
	case "lost":
		return r.store.Cancel(ctx, e.OrderID)
	}
	return fmt.Errorf("event %s: %w", e.Kind, store.ErrNotFound)
}

// Census counts the orders in each of the states.
func (r *Runner) Census(ctx context.Context, states ...store.Status) map[store.Status]int {
	counts := make(map[store.Status]int)
	var span trace.Span
	for _, state := range states {
		ctx, span = tracer.Start(ctx, "jobs.count_orders")
		counts[state] = len(r.store.InState(ctx, state))
		span.SetAttributes(attribute.String("order.state", string(state)), attribute.Int("orders", counts[state]))
		span.End()
	}
	return counts
}
