// Package broker is a topic of Kafka's, in memory, for machines without Kafka.
package broker

import (
	"context"
	"sync/atomic"

	"github.com/segmentio/kafka-go"
)

// A Topic has the methods of kafka.Writer and kafka.Reader that the service uses.
type Topic struct {
	name     string
	messages chan kafka.Message
	written  atomic.Int64
}

// NewTopic returns an empty topic.
func NewTopic(name string) *Topic {
	return &Topic{name: name, messages: make(chan kafka.Message, 64)}
}

// WriteMessages adds messages.
func (t *Topic) WriteMessages(ctx context.Context, messages ...kafka.Message) error {
	for _, m := range messages {
		m.Topic, m.Offset = t.name, t.written.Add(1)-1
		select {
		case t.messages <- m:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// FetchMessage waits for a message.
func (t *Topic) FetchMessage(ctx context.Context) (kafka.Message, error) {
	select {
	case m := <-t.messages:
		return m, nil
	case <-ctx.Done():
		return kafka.Message{}, ctx.Err()
	}
}

// CommitMessages does nothing: a message is fetched once.
func (t *Topic) CommitMessages(context.Context, ...kafka.Message) error { return nil }
