// Package dispatch has what goes on after the call that starts it.
package dispatch

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("dispatch")

// A Watcher tells of events.
type Watcher interface {
	Watch(ctx context.Context) error
}

// A Dispatcher sends events on, until it is stopped.
type Dispatcher struct {
	watcher Watcher
	tick    time.Duration
	stop    chan struct{}
}

// Start starts the loops of the dispatcher, then the watcher.
func (d *Dispatcher) Start(ctx context.Context) error {
	go d.publish(ctx)
	return d.watcher.Watch(ctx)
}

// StartAll starts it by way of another method, and a loop in a literal.
func (d *Dispatcher) StartAll(ctx context.Context) error {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-d.stop:
				return
			}
		}
	}()
	return d.Start(ctx)
}

func (d *Dispatcher) publish(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(d.tick):
			_, span := tracer.Start(ctx, "publish")
			span.End()
		}
	}
}

// Once does one piece of work, and starts nothing that lasts.
func (d *Dispatcher) Once(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "once")
	defer span.End()
	return d.watcher.Watch(ctx)
}
