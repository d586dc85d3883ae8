package dropped

import (
	"context"

	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// Finder is what the domain asks of its store.
type Finder interface {
	Find(ctx context.Context, id string) (store.Order, error)
}

// Repository embeds it.
type Repository interface {
	Finder
	Save(ctx context.Context, it store.Order) error
}

// Notifier tells somebody.
type Notifier interface {
	Notify(ctx context.Context, topic string, payload any) error
}

// Checkout knows only interfaces.
type Checkout struct {
	repo     Repository
	notifier Notifier
}

// Order calls through an interface of the package.
func (c *Checkout) Order(ctx context.Context, it store.Order) error {
	_, span := tracer.Start(ctx, "Checkout.Order") // want `the context of span is dropped and ctx is used on line 35,`
	defer span.End()
	if err := c.repo.Save(ctx, it); err != nil {
		span.RecordError(err)
		return err
	}
	return c.notifier.Notify(ctx, "orders", it)
}

// Lookup calls a method that the interface embeds.
func (c *Checkout) Lookup(ctx context.Context, id string) (store.Order, error) {
	_, span := tracer.Start(ctx, "Checkout.Lookup") // want `the context of span is dropped and ctx is used on line 46,`
	defer span.End()
	return c.repo.Find(ctx, id)
}

// Generic calls through a constraint.
func Generic[R Finder](ctx context.Context, r R, id string) (store.Order, error) {
	_, span := tracer.Start(ctx, "Generic") // want `the context of span is dropped and ctx is used on line 53,`
	defer span.End()
	return r.Find(ctx, id)
}

// Pipeline is a generic type with an interface field.
type Pipeline[T any] struct {
	sinks []interface {
		Write(ctx context.Context, v T) error
	}
}

// Run writes to each sink.
func (p *Pipeline[T]) Run(ctx context.Context, values ...T) error {
	_, span := tracer.Start(ctx, "Pipeline.Run") // want `the context of span is dropped and ctx is used on line 69,`
	defer span.End()
	for _, v := range values {
		for _, sink := range p.sinks {
			if err := sink.Write(ctx, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// embeds promotes the method of an interface.
type embeds struct {
	Finder
}

// Promoted calls the promoted method.
func (e embeds) Promoted(ctx context.Context, id string) (store.Order, error) {
	_, span := tracer.Start(ctx, "Promoted") // want `the context of span is dropped and ctx is used on line 86,`
	defer span.End()
	return e.Find(ctx, id)
}
