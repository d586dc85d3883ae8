// Package events is what services tell each other through Kafka.
package events

import (
	"context"
	"strings"

	"github.com/segmentio/kafka-go"
)

// A Reader is a kafka.Reader.
type Reader interface {
	FetchMessage(ctx context.Context) (kafka.Message, error)
	CommitMessages(ctx context.Context, messages ...kafka.Message) error
}

// A Writer is a kafka.Writer.
type Writer interface {
	WriteMessages(ctx context.Context, messages ...kafka.Message) error
}

// headers carry a trace with a message.
type headers struct{ message *kafka.Message }

// Get returns a header.
func (h headers) Get(key string) string {
	for _, header := range h.message.Headers {
		if strings.EqualFold(header.Key, key) {
			return string(header.Value)
		}
	}
	return ""
}

// Set adds a header.
func (h headers) Set(key, value string) {
	h.message.Headers = append(h.message.Headers, kafka.Header{Key: key, Value: []byte(value)})
}

// Keys returns the names of the headers.
func (h headers) Keys() []string {
	var keys []string
	for _, header := range h.message.Headers {
		keys = append(keys, header.Key)
	}
	return keys
}
