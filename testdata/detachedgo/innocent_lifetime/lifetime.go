// Package lifetime has goroutines that are given the context of a caller which
// is not that of a request.
package lifetime

import (
	"context"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("lifetime")

// A Conn is connected again whenever it is lost.
type Conn struct {
	ctx    context.Context
	cancel func()
	addrs  []string
}

// Connect is called by whoever needs the connection.
func (c *Conn) Connect() {
	// Silent: the context that the goroutine gets in the end is that in the field,
	// which lives as long as the connection.
	c.dial(c.ctx, c.addrs)
}

// dial hands the context on: all calls of the unexported functions are in view.
func (c *Conn) dial(ctx context.Context, addrs []string) {
	for _, addr := range addrs {
		attempt, cancel := context.WithCancel(ctx)
		if addr == "" {
			cancel()
			continue
		}
		c.watch(attempt, addr)
	}
}

// watch goes on when dial has returned.
func (c *Conn) watch(ctx context.Context, addr string) {
	name := "health of " + addr
	go func() {
		check(ctx, name)
	}()
}

// Register replaces what goes on. Silent: the function that ends the context is
// kept, so it is not the caller's return that does.
func (c *Conn) Register(ctx context.Context, name string) {
	if c.cancel != nil {
		c.cancel()
	}
	ctx, cancel := context.WithCancel(ctx)
	c.cancel = cancel
	go check(ctx, name)
}

func check(ctx context.Context, name string) {
	_, span := tracer.Start(ctx, "check")
	defer span.End()
	_ = name
}

// Follow starts a loop for a key, which goes on when the call is long over. Silent:
// nobody would end it with the call.
func (c *Conn) Follow(ctx context.Context, key string) {
	go c.follow(ctx, key)
}

// follow is the loop.
func (c *Conn) follow(ctx context.Context, key string) {
	for {
		if len(c.addrs) == 0 {
			return
		}
		check(ctx, key)
	}
}

// A Queue calls back until its context is over.
type Queue interface {
	Receive(ctx context.Context, each func(context.Context, string)) error
}

// Subscribe starts to receive. Silent: that goes on for as long as there is
// somebody to call back.
func (c *Conn) Subscribe(ctx context.Context, q Queue, key string) {
	go func() {
		_ = q.Receive(ctx, func(ctx context.Context, msg string) { check(ctx, key+msg) })
	}()
}
