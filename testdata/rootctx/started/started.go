// Package started has spans that consumers and jobs start on a root of their own.
package started

import (
	"context"
	"database/sql"
	"time"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
)

var tracer = otel.Tracer("started")

type worker struct {
	db   *sql.DB
	conn *nats.Conn
	stop chan struct{}
}

// Direct starts a span, and works beside it.
func (w *worker) Direct(id string) error {
	ctx, span := tracer.Start(context.Background(), "Direct")
	defer span.End()
	if err := w.db.PingContext(ctx); err != nil {
		return err
	}
	_, err := w.db.ExecContext(context.Background(), "DELETE FROM jobs WHERE id = $1", id) // want `^context.Background\(\) starts a new trace, although the context of an open span is at hand: ctx$`
	return err
}

// Subscribe handles each message in a span; the helper has a root of its own.
func (w *worker) Subscribe() error {
	_, err := w.conn.Subscribe("jobs", func(m *nats.Msg) {
		ctx := otel.GetTextMapPropagator().Extract(context.Background(), propagation.HeaderCarrier(m.Header))
		ctx, span := tracer.Start(ctx, "jobs receive")
		defer span.End()
		if err := w.store(m.Data); err != nil {
			span.AddEvent("failed")
		}
		_ = ctx
	})
	return err
}

func (w *worker) store(data []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // want `^context.Background\(\) starts a new trace: store is reached from \(\*worker\).Subscribe$`
	defer cancel()
	_, err := w.db.ExecContext(ctx, "INSERT INTO jobs VALUES ($1)", data)
	return err
}

// Poll has a span for each round; two calls lead to the root.
func (w *worker) Poll() {
	for {
		select {
		case <-w.stop:
			return
		case <-time.After(time.Second):
		}
		w.round()
	}
}

func (w *worker) round() {
	ctx, span := tracer.Start(context.Background(), "round")
	defer span.End()
	if w.db.PingContext(ctx) == nil {
		w.sweep("old")
	}
}

func (w *worker) sweep(kind string) { w.remove(kind) }

func (w *worker) remove(kind string) {
	_, _ = w.db.ExecContext(context.TODO(), "DELETE FROM jobs WHERE kind = $1", kind) // want `context.TODO\(\) starts a new trace: remove is reached from \(\*worker\).round through sweep`
}
