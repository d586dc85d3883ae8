package climbing

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// retry is what a team writes to try again.
func retry(attempts int, fn func() error) (err error) {
	for i := range attempts {
		if err = fn(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Millisecond)
	}
	return err
}

// retryTwice hands what it is given on.
func retryTwice(fn func() error) error { return retry(2, fn) }

// Attempts has each attempt under the one before: the literal sets the variable
// of the function around it.
func Attempts(ctx context.Context, svc *service.Orders, it store.Order) error {
	return retry(3, func() error {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "attempt") // want `ctx climbs from call to call, so each span is under the one before`
		defer span.End()
		return svc.Place(ctx, it)
	})
}

// HandedOn is tried again two calls further down.
func HandedOn(ctx context.Context, svc *service.Orders, it store.Order) error {
	return retryTwice(func() (err error) {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "attempt") // want `ctx climbs from call to call`
		err = svc.Place(ctx, it)
		span.End()
		return err
	})
}

// Local has the literal in a variable that a loop calls.
func Local(ctx context.Context, svc *service.Orders, items []store.Order) error {
	place := func(it store.Order) error {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "place") // want `ctx climbs from call to call`
		defer span.End()
		return svc.Place(ctx, it)
	}
	for _, it := range items {
		if err := place(it); err != nil {
			return err
		}
	}
	return nil
}

// Messages joins the trace of the message before, in a literal.
func Messages(ctx context.Context, svc *service.Orders, queue <-chan propagation.MapCarrier) {
	handle := func(headers propagation.MapCarrier) {
		ctx = otel.GetTextMapPropagator().Extract(ctx, headers) // want `ctx climbs from call to call, so a message without a header joins the trace of the one before`
		_ = svc.Place(ctx, store.Order{ID: headers["id"]})
	}
	for headers := range queue {
		handle(headers)
	}
}
