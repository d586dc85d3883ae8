// Package outlasts starts goroutines on contexts of callers which are, by what the
// package shows, those of the program or of a part of it.
package outlasts

import (
	"context"
	"os/signal"
	"syscall"
	"time"

	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/detachedgo/outlasts/every"
)

var tracer = otel.Tracer("outlasts")

func work(ctx context.Context, what string) {
	_, span := tracer.Start(ctx, "work")
	defer span.End()
	_ = what
}

// Collect is silent: what it starts is done again and again.
func Collect(ctx context.Context, what string) {
	failed := what
	go every.Minute(func() {
		work(ctx, failed)
		failed = ""
	})
}

// retry calls f until the program ends, too.
func retry(f func()) {
	for {
		f()
	}
}

// Retry is silent for the same reason.
func Retry(ctx context.Context, what string) {
	do := func() { work(ctx, what) }
	go retry(do)
}

// once calls f, and is done.
func once(f func()) {
	f()
}

// Once starts something that is done once.
func Once(ctx context.Context, what string) {
	go once(func() { // want `the goroutine works on ctx, which is cancelled when the caller of Once returns`
		work(ctx, what)
	})
}

// Main gives the parts of the program their context.
func Main(config string) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	Start(ctx, config)
}

// Start is silent: in this package it is called with the context of the program,
// and whoever else calls it will not have another.
func Start(ctx context.Context, config string) {
	run(ctx, config)
}

func run(ctx context.Context, config string) {
	go work(ctx, config)
}

// A Scheduler takes what is next.
type Scheduler struct{ queue []string }

// Run has it take the next one until the context is over.
func (s *Scheduler) Run(ctx context.Context) {
	go until(ctx, s.Next, time.Second)
	<-ctx.Done()
}

func until(ctx context.Context, f func(context.Context), period time.Duration) {
	for ctx.Err() == nil {
		f(ctx)
		time.Sleep(period)
	}
}

// Next is silent: Run gives it to what calls it, and the context with it.
func (s *Scheduler) Next(ctx context.Context) {
	for _, what := range s.queue {
		s.bind(ctx, what)
	}
}

func (s *Scheduler) bind(ctx context.Context, what string) {
	go work(ctx, what)
}

// Notify is called by nobody here: by handlers, as far as anybody knows.
func (s *Scheduler) Notify(ctx context.Context, what string) {
	s.notify(ctx, what)
}

func (s *Scheduler) notify(ctx context.Context, what string) {
	go work(ctx, what) // want `the goroutine works on ctx, which is cancelled when the caller of \(\*Scheduler\).notify returns`
}
