// Package messages extracts the traces of messages in loops.
package messages

import (
	"context"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// Reader is a kafka.Reader.
type Reader interface {
	FetchMessage(ctx context.Context) (kafka.Message, error)
}

type headers []kafka.Header

func (h headers) Get(key string) string {
	for _, header := range h {
		if header.Key == key {
			return string(header.Value)
		}
	}
	return ""
}

func (h headers) Set(string, string) {}
func (h headers) Keys() []string     { return nil }

// Consume goes on from the context of the message before.
func Consume(ctx context.Context, in Reader, svc *service.Orders) error {
	for {
		m, err := in.FetchMessage(ctx)
		if err != nil {
			return err
		}
		ctx = otel.GetTextMapPropagator().Extract(ctx, headers(m.Headers)) // want `ctx climbs from iteration to iteration, so a message without a header joins the trace of the one before`
		if err := svc.Place(ctx, store.Order{}); err != nil {
			return err
		}
	}
}

type worker struct {
	propagator propagation.TraceContext
	svc        *service.Orders
}

// batch has the propagator in a field.
func (w *worker) batch(ctx context.Context, batch []kafka.Message) (failed int) {
	for _, m := range batch {
		ctx = w.propagator.Extract(ctx, headers(m.Headers)) // want `ctx climbs from iteration to iteration`
		if w.svc.Place(ctx, store.Order{}) != nil {
			failed++
		}
	}
	return failed
}

// drain has a carrier of its own for each of the messages.
func drain(base context.Context, in <-chan map[string]string, svc *service.Orders) {
	ctx := base
	for message := range in {
		carrier := propagation.MapCarrier(message)
		ctx = otel.GetTextMapPropagator().Extract(ctx, carrier) // want `ctx climbs from iteration to iteration`
		svc.Place(ctx, store.Order{})
	}
}

// Each declares the context in the loop: right.
func Each(ctx context.Context, in Reader, svc *service.Orders) error {
	for {
		m, err := in.FetchMessage(ctx)
		if err != nil {
			return err
		}
		ctx := otel.GetTextMapPropagator().Extract(ctx, headers(m.Headers))
		if err := svc.Place(ctx, store.Order{}); err != nil {
			return err
		}
	}
}

// Base extracts into the same context each time: right.
func Base(base context.Context, batch []kafka.Message, svc *service.Orders) {
	var ctx context.Context
	for _, m := range batch {
		ctx = otel.GetTextMapPropagator().Extract(base, headers(m.Headers))
		svc.Place(ctx, store.Order{})
	}
}

// Reset sets the context back: right.
func Reset(base context.Context, batch []kafka.Message, svc *service.Orders) {
	ctx := base
	for _, m := range batch {
		ctx = otel.GetTextMapPropagator().Extract(ctx, headers(m.Headers))
		svc.Place(ctx, store.Order{})
		ctx = base
	}
}

// all is a propagator of several: each adds what it finds in one carrier.
type all []propagation.TextMapPropagator

// Extract is right: one message.
func (a all) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	for _, p := range a {
		ctx = p.Extract(ctx, carrier)
	}
	return ctx
}

// Look looks into one carrier after the other, for the same message, and works later: right.
func Look(ctx context.Context, carriers []propagation.MapCarrier, svc *service.Orders) error {
	for _, carrier := range carriers {
		ctx = otel.GetTextMapPropagator().Extract(ctx, carrier)
	}
	return svc.Place(ctx, store.Order{})
}

// One takes one message: right.
func One(ctx context.Context, in Reader, svc *service.Orders) error {
	for {
		m, err := in.FetchMessage(ctx)
		if err != nil {
			continue
		}
		ctx = otel.GetTextMapPropagator().Extract(ctx, headers(m.Headers))
		return svc.Place(ctx, store.Order{})
	}
}
