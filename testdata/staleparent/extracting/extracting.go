// Package extracting reads messages in loops, and takes the trace of each out of
// its headers.
package extracting

import (
	"context"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("consumer")

// carrier makes the headers of a message readable for a propagator.
func carrier(m kafka.Message) propagation.MapCarrier {
	c := make(propagation.MapCarrier)
	for _, h := range m.Headers {
		c[h.Key] = string(h.Value)
	}
	return c
}

func handle(ctx context.Context, m kafka.Message) {
	_, span := tracer.Start(ctx, "handle", trace.WithSpanKind(trace.SpanKindConsumer))
	defer span.End()
	_ = m
}

// Consume gives each message the trace of the one before, if it brings none.
func Consume(ctx context.Context, r *kafka.Reader) error {
	for {
		m, err := r.ReadMessage(ctx)
		if err != nil {
			return err
		}
		ctx = otel.GetTextMapPropagator().Extract(ctx, carrier(m)) // want `ctx climbs from iteration to iteration, so a message without a header joins the trace of the one before`
		handle(ctx, m)
	}
}

// Batch does so over a list of messages, with a propagator of its own, and
// takes the cancellation of the last message's context with it.
func Batch(ctx context.Context, messages []kafka.Message) {
	var propagator propagation.TraceContext
	for _, m := range messages {
		ctx = propagator.Extract(ctx, carrier(m)) // want `ctx climbs from iteration to iteration`
		handle(ctx, m)
	}
}

type consumer struct {
	ctx    context.Context
	reader *kafka.Reader
}

// run keeps the context in a field, which a declaration in the loop cannot be:
// no fix.
func (c *consumer) run() {
	for {
		m, err := c.reader.ReadMessage(c.ctx)
		if err != nil {
			return
		}
		c.ctx = otel.GetTextMapPropagator().Extract(c.ctx, carrier(m)) // want `c.ctx climbs from iteration to iteration`
		handle(c.ctx, m)
	}
}

// Fresh has a context for each message. Silent.
func Fresh(ctx context.Context, messages []kafka.Message) {
	for _, m := range messages {
		ctx := otel.GetTextMapPropagator().Extract(ctx, carrier(m))
		handle(ctx, m)
	}
}

// Reset extracts from the context of the function each time. Silent.
func Reset(ctx context.Context, messages []kafka.Message) {
	var msgCtx context.Context
	for _, m := range messages {
		msgCtx = otel.GetTextMapPropagator().Extract(ctx, carrier(m))
		handle(msgCtx, m)
	}
}

// Back sets it back before the next message. Silent.
func Back(ctx context.Context, messages []kafka.Message) {
	base := ctx
	for _, m := range messages {
		ctx = otel.GetTextMapPropagator().Extract(ctx, carrier(m))
		handle(ctx, m)
		ctx = base
	}
}

// First leaves the loop with the first message that there is. Silent.
func First(ctx context.Context, r *kafka.Reader) error {
	for {
		m, err := r.ReadMessage(ctx)
		if err != nil {
			continue
		}
		ctx = otel.GetTextMapPropagator().Extract(ctx, carrier(m))
		handle(ctx, m)
		return nil
	}
}

// Once is in no loop. Silent.
func Once(ctx context.Context, m kafka.Message) {
	ctx = otel.GetTextMapPropagator().Extract(ctx, carrier(m))
	handle(ctx, m)
}
