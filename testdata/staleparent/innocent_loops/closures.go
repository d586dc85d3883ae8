package innocent_loops

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

func again(attempts int, fn func() error) (err error) {
	for range attempts {
		if err = fn(); err == nil {
			return nil
		}
	}
	return err
}

// first calls what it is given once: the loop leaves.
func first(names []string, fn func(string) error) error {
	for _, name := range names {
		return fn(name)
	}
	return nil
}

func once(fn func() error) error { return fn() }

// Own has a context of its own in each attempt.
func Own(ctx context.Context, svc *service.Orders, it store.Order) error {
	return again(3, func() error {
		ctx, span := tracer.Start(ctx, "attempt")
		defer span.End()
		return svc.Place(ctx, it)
	})
}

// OwnVariable has a variable of the literal for it.
func OwnVariable(ctx context.Context, svc *service.Orders, it store.Order) error {
	return again(3, func() error {
		var span trace.Span
		tried := ctx
		tried, span = tracer.Start(tried, "attempt")
		defer span.End()
		return svc.Place(tried, it)
	})
}

// FromOuter starts from another variable than it sets.
func FromOuter(ctx context.Context, svc *service.Orders, it store.Order) error {
	var tried context.Context
	return again(3, func() error {
		var span trace.Span
		tried, span = tracer.Start(ctx, "attempt")
		defer span.End()
		return svc.Place(tried, it)
	})
}

// RunOnce is a literal that is called once.
func RunOnce(ctx context.Context, svc *service.Orders, it store.Order) error {
	return once(func() error {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "once")
		defer span.End()
		return svc.Place(ctx, it)
	})
}

// RunFirst is called in a loop that leaves.
func RunFirst(ctx context.Context, svc *service.Orders, names []string) error {
	return first(names, func(name string) error {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "first")
		defer span.End()
		_, err := svc.Load(ctx, name)
		return err
	})
}

// CalledTwice is called by hand, and not by a loop: the second phase is to be under
// the first, for all that is known.
func CalledTwice(ctx context.Context, svc *service.Orders, it store.Order) error {
	phase := func(name string) error {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "phase")
		defer span.End()
		return svc.Place(ctx, it)
	}
	if err := phase("first"); err != nil {
		return err
	}
	return phase("second")
}

// SetBack gives the variable its first value again before each call.
func SetBack(ctx context.Context, svc *service.Orders, items []store.Order) error {
	base := ctx
	place := func(it store.Order) error {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "place")
		defer span.End()
		return svc.Place(ctx, it)
	}
	for _, it := range items {
		ctx = base
		if err := place(it); err != nil {
			return err
		}
	}
	return nil
}

// PerTurn is made anew in each iteration, around a variable of that.
func PerTurn(ctx context.Context, svc *service.Orders, items []store.Order) error {
	for _, it := range items {
		turn := ctx
		place := func() error {
			var span trace.Span
			turn, span = tracer.Start(turn, "place")
			defer span.End()
			return svc.Place(turn, it)
		}
		if err := place(); err != nil {
			return err
		}
	}
	return nil
}

// EachMessage declares the context in the literal.
func EachMessage(ctx context.Context, svc *service.Orders, queue <-chan propagation.MapCarrier) {
	handle := func(headers propagation.MapCarrier) {
		ctx := otel.GetTextMapPropagator().Extract(ctx, headers)
		_ = svc.Place(ctx, store.Order{ID: headers["id"]})
	}
	for headers := range queue {
		handle(headers)
	}
}
