package events

import (
	"context"
	"slices"
	"testing"

	"github.com/segmentio/kafka-go"
)

// queue has messages, and then no more.
type queue struct{ messages []kafka.Message }

func (q *queue) WriteMessages(_ context.Context, messages ...kafka.Message) error {
	q.messages = append(q.messages, messages...)
	return nil
}

func (q *queue) FetchMessage(ctx context.Context) (kafka.Message, error) {
	if len(q.messages) == 0 {
		return kafka.Message{}, context.Canceled
	}
	m := q.messages[0]
	q.messages = q.messages[1:]
	return m, nil
}

func (q *queue) CommitMessages(context.Context, ...kafka.Message) error { return nil }

type notes []string

func (n *notes) Note(_ context.Context, parcel, what string) { *n = append(*n, parcel+" "+what) }

func TestEvents(t *testing.T) {
	q, desk := new(queue), new(notes)
	p := NewPublisher(q)
	for _, parcel := range []string{"p1", "p2"} {
		if err := p.Planned(t.Context(), parcel, "ada"); err != nil {
			t.Fatal(err)
		}
	}
	q.messages = append(q.messages, kafka.Message{Key: []byte("p3")})
	NewConsumer(q, desk).Run(t.Context())
	if want := (notes{"p1 with ada", "p2 with ada"}); !slices.Equal(*desk, want) {
		t.Errorf("notes %q, want %q", *desk, want)
	}
}
