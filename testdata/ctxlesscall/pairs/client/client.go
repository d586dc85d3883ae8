// Package client is a team's own library, with functions in pairs: a short form
// and one with a context.
package client

import (
	"context"
	"net/http"
	"time"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("client")

// Queue is a client of a queue.
type Queue struct {
	hc   *http.Client
	base string
}

// Push is the short form of PushContext.
func (q *Queue) Push(topic string, body []byte) error {
	return q.PushContext(context.Background(), topic, body)
}

// PushContext pushes a message.
func (q *Queue) PushContext(ctx context.Context, topic string, body []byte) error {
	ctx, span := tracer.Start(ctx, "PushContext")
	defer span.End()
	return q.do(ctx, http.MethodPost, topic)
}

// Pull is the short form of PullCtx.
func (q *Queue) Pull(topic string, wait time.Duration) ([]byte, error) {
	return q.PullCtx(context.TODO(), topic, wait)
}

// PullCtx pulls a message.
func (q *Queue) PullCtx(ctx context.Context, topic string, wait time.Duration) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	return nil, q.do(ctx, http.MethodGet, topic)
}

// Drop is the short form of DropWithContext, and says so in two statements.
func (q *Queue) Drop(topics ...string) error {
	ctx := context.Background()
	return q.DropWithContext(ctx, topics...)
}

// DropWithContext drops topics.
func (q *Queue) DropWithContext(ctx context.Context, topics ...string) error {
	for _, t := range topics {
		if err := q.do(ctx, http.MethodDelete, t); err != nil {
			return err
		}
	}
	return nil
}

func (q *Queue) do(ctx context.Context, method, path string) error {
	req, err := http.NewRequestWithContext(ctx, method, q.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := q.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Open is the short form of OpenContext, a package function.
func Open(url string) (*Queue, error) { return OpenContext(context.Background(), url) }

// OpenContext opens a queue.
func OpenContext(ctx context.Context, url string) (*Queue, error) {
	q := &Queue{hc: http.DefaultClient, base: url}
	return q, q.do(ctx, http.MethodHead, "")
}

// A Cache is generic.
type Cache[K comparable, V any] struct {
	q    *Queue
	vals map[K]V
}

// Get is the short form of GetCtx.
func (c *Cache[K, V]) Get(key K) (V, error) { return c.GetCtx(context.Background(), key) }

// GetCtx gets a value.
func (c *Cache[K, V]) GetCtx(ctx context.Context, key K) (V, error) {
	return c.vals[key], c.q.PushContext(ctx, "hits", nil)
}

// Each is the short form of EachContext, a generic function.
func Each[T any](ts []T, fn func(T) error) error { return EachContext(context.Background(), ts, fn) }

// EachContext runs fn for each of ts, each in a span.
func EachContext[T any](ctx context.Context, ts []T, fn func(T) error) error {
	for _, t := range ts {
		_, span := tracer.Start(ctx, "each")
		err := fn(t)
		span.End()
		if err != nil {
			return err
		}
	}
	return nil
}

// A Pusher is the interface over Queue, with both forms.
type Pusher interface {
	Push(topic string, body []byte) error
	PushContext(ctx context.Context, topic string, body []byte) error
}

var _ Pusher = (*Queue)(nil)
