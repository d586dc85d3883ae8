package events

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// An Assigner takes note of what couriers are to do.
type Assigner interface {
	Note(ctx context.Context, parcel, what string)
}

// A Consumer hands parcels to couriers.
type Consumer struct {
	in   Reader
	desk Assigner
}

// NewConsumer returns a Consumer of what in has.
func NewConsumer(in Reader, desk Assigner) *Consumer { return &Consumer{in: in, desk: desk} }

// Run consumes messages until ctx is cancelled.
func (c *Consumer) Run(ctx context.Context) {
	for {
		message, err := c.in.FetchMessage(ctx)
		if err != nil {
			if ctx.Err() == nil {
				slog.ErrorContext(ctx, "fetch", "error", err)
			}
			return
		}
		ctx = otel.GetTextMapPropagator().Extract(ctx, headers{&message})
		c.consume(ctx, message)
		if err := c.in.CommitMessages(ctx, message); err != nil {
			slog.ErrorContext(ctx, "commit", "error", err)
		}
	}
}

func (c *Consumer) consume(ctx context.Context, message kafka.Message) {
	ctx, span := tracer.Start(ctx, fmt.Sprintf("%s process %d", message.Topic, message.Offset), trace.WithSpanKind(trace.SpanKindConsumer))
	span.SetAttributes(attribute.Int64("messaging.kafka.offset", message.Offset))
	if err := c.assign(ctx, message); err != nil {
		span.SetStatus(codes.Error, err.Error())
		return
	}
	span.End()
}

// assign gives a parcel to a courier.
func (c *Consumer) assign(ctx context.Context, message kafka.Message) (err error) {
	if len(message.Value) == 0 {
		return fmt.Errorf("message %s names no courier", message.Key)
	}
	c.desk.Note(ctx, string(message.Key), "with "+string(message.Value))
	return nil
}
