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

// An Addr is connected to again and again, as gRPC does it.
type Addr struct {
	ctx   context.Context
	names []string
	up    string
}

func (a *Addr) reset() {
	ctx := a.ctx
	if ctx.Err() != nil {
		return
	}
	a.try(ctx, a.names)
}

func (a *Addr) try(ctx context.Context, names []string) {
	for _, name := range names {
		a.create(ctx, name)
	}
}

func (a *Addr) create(ctx context.Context, name string) {
	up, down := context.WithCancel(ctx)
	onClose := func() {
		if ctx.Err() != nil {
			return
		}
		down()
	}
	if !transport(name, onClose) {
		down()
		return
	}
	a.start(up)
}

// start is silent: all that call it, in the end, give it the context in the field.
func (a *Addr) start(ctx context.Context) {
	current := a.up
	stream := func(method string) { check(ctx, method+current) }
	go func() {
		watchHealth(ctx, stream, current)
	}()
}

func transport(name string, onClose func()) bool { return name != "" && onClose != nil }

var watchHealth = func(ctx context.Context, stream func(string), name string) { stream(name) }

// A Broadcaster hands events to those that listen.
type Broadcaster struct{ listeners []func(string) }

func (b *Broadcaster) listen(f func(string)) { b.listeners = append(b.listeners, f) }

// Record has each event recorded, from now on.
func (b *Broadcaster) Record(ctx context.Context) {
	b.listen(func(event string) { b.record(ctx, event) })
}

// record is silent: its only caller is a listener, which runs when Record has long returned. So the
// context that Record was given is none that ends with a request.
func (b *Broadcaster) record(ctx context.Context, event string) {
	go func() { check(ctx, event) }()
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

// Report tells each of them. Silent: a comment above the loop says why.
func (c *Conn) Report(ctx context.Context, key string) {
	// ctx lives as long as the connection: its lifetime is that of the program, and
	// not that of this call.
	for _, addr := range c.addrs {
		go func() {
			check(ctx, key+addr)
		}()
	}
}

// A Runner goes on until its context is over.
type Runner interface {
	Run(ctx context.Context, workers int)
}

// Union runs several.
type Union []Runner

// Run is silent: what it starts goes on until the context ends, as each Run does that
// can be seen. That is the life of the program, and the number is only passed on.
func (u Union) Run(ctx context.Context, workers int) {
	for _, r := range u {
		go r.Run(ctx, workers)
	}
}

// A Reloader is one.
type Reloader struct{ name string }

// Run waits for the end.
func (r *Reloader) Run(ctx context.Context, workers int) {
	for range workers {
		check(ctx, r.name)
	}
	<-ctx.Done()
}

// A Poller is another.
type Poller struct {
	name string
	tick chan struct{}
}

// Run has a loop that is left when the context is over.
func (p *Poller) Run(ctx context.Context, workers int) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.tick:
			check(ctx, p.name)
		}
	}
}

// Poll is silent, in a literal, too.
func (p *Poller) Poll(ctx context.Context, workers int) {
	go func() {
		p.Run(ctx, workers)
	}()
}

// A Task is run once.
type Task interface {
	Do(ctx context.Context, what string)
}

// A Check is one.
type Check struct{}

// Do comes to an end by itself.
func (Check) Do(ctx context.Context, what string) { check(ctx, what) }

// Each starts tasks, which are cut off when the caller of Each returns.
func Each(ctx context.Context, tasks []Task, what string) {
	for _, t := range tasks {
		go t.Do(ctx, what) // want `the goroutine works on ctx, which is cancelled when the caller of Each returns`
	}
}

// List is silent: what the goroutine calls back has the context of the caller.
func List(ctx context.Context, what string) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		each := forEach(func(name string) { check(ctx, name) })
		each.over(context.Background(), what)
	}()
	<-done
}

type walker struct {
	visit func(ctx context.Context, name string)
}

func forEach(f func(string)) *walker {
	return &walker{visit: func(_ context.Context, name string) { f(name) }}
}

func (w *walker) over(ctx context.Context, names ...string) {
	for _, name := range names {
		w.visit(ctx, name)
	}
}
