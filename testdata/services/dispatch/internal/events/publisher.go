package events

import (
	"context"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("dispatch/events")

// A Publisher publishes events.
type Publisher struct{ out Writer }

// NewPublisher returns a Publisher that writes to out.
func NewPublisher(out Writer) *Publisher { return &Publisher{out: out} }

// Planned says that a courier is to take a parcel.
func (p *Publisher) Planned(ctx context.Context, parcel, courier string) error {
	ctx, span := tracer.Start(ctx, "parcels send", trace.WithSpanKind(trace.SpanKindProducer),
		trace.WithAttributes(attribute.String("messaging.kafka.message.key", parcel)))

	message := kafka.Message{Key: []byte(parcel), Value: []byte(courier)}
	otel.GetTextMapPropagator().Inject(ctx, headers{&message})
	if err := p.out.WriteMessages(ctx, message); err != nil {
		return err
	}
	span.End()
	span.SetAttributes(attribute.String("courier.name", courier))
	return nil
}
