package byhand

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/metadata"
)

// gRPC metadata: the stats handler of the client would have written it.
func outgoing(ctx context.Context) context.Context {
	sc := trace.SpanContextFromContext(ctx)
	parent := fmt.Sprintf("00-%s-%s-01", sc.TraceID().String(), sc.SpanID().String())
	return metadata.AppendToOutgoingContext(ctx, "x-tenant", "a", "traceparent", parent) // want `traceparent is written by hand`
}

// The same with Set on a copy of the metadata.
func outgoingSet(ctx context.Context) context.Context {
	md, _ := metadata.FromOutgoingContext(ctx)
	md = md.Copy()
	sc := trace.SpanContextFromContext(ctx)
	md.Set("traceparent", fmt.Sprintf("00-%s-%s-01", sc.TraceID(), sc.SpanID())) // want `traceparent is written by hand`
	return metadata.NewOutgoingContext(ctx, md)
}

// A header of a Kafka message.
func publish(ctx context.Context, w *kafka.Writer, value []byte) error {
	sc := trace.SpanContextFromContext(ctx)
	return w.WriteMessages(ctx, kafka.Message{
		Value: value,
		Headers: []kafka.Header{
			{Key: "traceparent", Value: []byte(fmt.Sprintf("00-%s-%s-01", sc.TraceID(), sc.SpanID()))}, // want `traceparent is written by hand`
		},
	})
}

// A header of a NATS message.
func publishNATS(ctx context.Context, nc *nats.Conn, msg *nats.Msg) error {
	sc := trace.SpanContextFromContext(ctx)
	msg.Header.Set("traceparent", fmt.Sprintf("00-%s-%s-01", sc.TraceID(), sc.SpanID())) // want `traceparent is written by hand`
	return nc.PublishMsg(msg)
}
