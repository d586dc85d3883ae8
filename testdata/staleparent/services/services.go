// Package services has the faults in longer functions, as services have them.
package services

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

const scope = "github.com/tracevet/shop/services"

var errNoPayload = errors.New("no payload")

// Message is what a queue delivers.
type Message struct {
	Headers map[string]string
	Body    []byte
	Ack     func() error
}

// Consumer reads from a queue.
type Consumer struct {
	tracer trace.Tracer
	orders *service.Orders
	retry  int
}

// NewConsumer is the constructor.
func NewConsumer(orders *service.Orders) *Consumer {
	return &Consumer{tracer: otel.Tracer(scope), orders: orders, retry: 3}
}

// Handle extracts the message's context, starts the consumer's span on it, and
// works on what it extracted.
func (c *Consumer) Handle(ctx context.Context, m Message) (err error) {
	msgCtx := otel.GetTextMapPropagator().Extract(ctx, propagation.MapCarrier(m.Headers))
	_, span := c.tracer.Start(msgCtx, "orders receive", // want `the context of span is dropped and msgCtx is used on line 68,`
		trace.WithSpanKind(trace.SpanKindConsumer),
		trace.WithAttributes(attribute.Int("bytes", len(m.Body))),
	)
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}()

	if len(m.Body) == 0 {
		return errNoPayload
	}
	var it store.Order
	if err = json.Unmarshal(m.Body, &it); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	for i := range c.retry {
		if err = c.orders.Place(msgCtx, it); err == nil {
			return m.Ack()
		}
		span.AddEvent("retry", trace.WithAttributes(attribute.Int("attempt", i)))
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}

// Run reads until the queue is closed; a message without headers would be under
// the one before it, and so is each span.
func (c *Consumer) Run(ctx context.Context, in <-chan Message) error {
	var span trace.Span
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m, ok := <-in:
			if !ok {
				return nil
			}
			ctx, span = c.tracer.Start(ctx, "orders process") // want `ctx climbs from iteration to iteration`
			if err := c.Handle(ctx, m); err != nil {
				span.RecordError(err)
				span.SetStatus(codes.Error, "handle")
			}
			span.End()
		}
	}
}

// Import has a span around the whole import, whose rows are not under it.
func (c *Consumer) Import(ctx context.Context, rows [][]string) (n int, err error) {
	_, op := telemetry.Begin(ctx, "import") // want `the context of op is dropped and ctx is used on line 112,`
	defer op.Finish(&err)

	for i, row := range rows {
		switch {
		case len(row) == 0:
			continue
		case len(row) < 2:
			return n, fmt.Errorf("row %d: too short", i)
		}
		it := store.Order{ID: row[0], Amount: int64(len(row[1]))}
		if err := c.orders.Place(ctx, it); err != nil {
			return n, fmt.Errorf("row %d: %w", i, err)
		}
		n++
	}
	return n, nil
}

// Reconcile has one good span and one bad one, for the step that matters.
func (c *Consumer) Reconcile(ctx context.Context, id string) error {
	ctx, span := telemetry.StartSpan(ctx, "reconcile")
	defer span.End()

	_, err := c.orders.Load(ctx, id)
	switch {
	case errors.Is(err, context.Canceled):
		return nil
	case err != nil:
		_, repair := telemetry.StartSpan(ctx, "repair") // want `the context of repair is dropped and ctx is used on line 132,`
		defer repair.End()
		return c.orders.Place(ctx, store.Order{ID: id})
	}
	return nil
}

// DeferInLoop leaves all spans open until it returns, and climbs.
func (c *Consumer) DeferInLoop(ctx context.Context, ids []string) error {
	for _, id := range ids {
		var span trace.Span
		ctx, span = c.tracer.Start(ctx, "one") // want `ctx climbs from iteration to iteration`
		defer span.End()
		if _, err := c.orders.Load(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Handler is a function type of a framework of the team's own.
type Handler func(ctx context.Context, m Message) error

// Traced wraps a handler: the span is for the wrapper's log only.
func Traced(next Handler) Handler {
	return func(ctx context.Context, m Message) error {
		sctx, span := otel.Tracer(scope).Start(ctx, "traced") // want `sctx is not passed to next, so`
		defer span.End()
		_ = sctx
		return next(ctx, m)
	}
}
