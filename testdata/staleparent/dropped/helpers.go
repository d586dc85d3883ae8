// Package dropped drops the context of a new span and goes on with the old one.
package dropped

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

var tracer = otel.Tracer("dropped")

var errEmpty = errors.New("empty")

// Catalog is the usual service struct.
type Catalog struct {
	orders *service.Orders
	repo   *store.Orders
	tr     trace.Tracer
}

func price(ctx context.Context, id string) (int64, error) {
	_, span := tracer.Start(ctx, "price")
	defer span.End()
	return int64(len(id)), nil
}

func quote(ctx context.Context, id string) (int64, error) { return price(ctx, id) }

// Total calls a helper of the package that starts a span.
func Total(ctx context.Context, ids []string) (int64, error) {
	_, span := tracer.Start(ctx, "Total") // want `the context of span is dropped and ctx is used on line 41,`
	defer span.End()
	var sum int64
	for _, id := range ids {
		p, err := price(ctx, id)
		if err != nil {
			return 0, err
		}
		sum += p
	}
	return sum, nil
}

// Quote reaches the span through one helper more.
func Quote(ctx context.Context, id string) (int64, error) {
	_, span := tracer.Start(ctx, "Quote", trace.WithAttributes(attribute.String("id", id))) // want `the context of span is dropped and ctx is used on line 57,`
	defer span.End()
	if id == "" {
		return 0, errEmpty
	}
	return quote(ctx, id)
}

// Get calls a service that reaches the database two packages away.
func (c *Catalog) Get(ctx context.Context, id string) (store.Order, error) {
	_, span := c.tr.Start(ctx, "Catalog.Get") // want `the context of span is dropped and ctx is used on line 65,`
	defer span.End()

	it, err := c.orders.Load(ctx, id)
	if err != nil {
		span.RecordError(err)
		return store.Order{}, err
	}
	span.SetAttributes(attribute.Int64("amount", it.Amount))
	return it, nil
}

// Put ends the span by hand after the work.
func (c *Catalog) Put(parent context.Context, it store.Order) error {
	_, s := c.tr.Start(parent, "Catalog.Put") // want `the context of s is dropped and parent is used on line 77,`
	err := c.orders.Place(parent, it)
	s.End()
	return err
}

// Both has two spans, one after the other, and each loses its children.
func (c *Catalog) Both(ctx context.Context, it store.Order) error {
	_, check := tracer.Start(ctx, "check") // want `the context of check is dropped and ctx is used on line 85,`
	_, err := c.repo.Find(ctx, it.ID)
	check.End()
	if err == nil {
		return nil
	}

	_, save := tracer.Start(ctx, "save") // want `the context of save is dropped and ctx is used on line 92,`
	err = c.repo.Save(ctx, it)
	save.End()
	return err
}

// Nested starts the inner span on the context of neither.
func Nested(ctx context.Context, n int) int {
	_, outer := tracer.Start(ctx, "outer") // want `the context of outer is dropped and ctx is used on line 102,`
	defer outer.End()
	for i := range n {
		_, inner := tracer.Start(ctx, "inner")
		inner.SetAttributes(attribute.Int("i", i))
		inner.End()
	}
	return n
}

// Direct takes the tracer on the spot.
func Direct(ctx context.Context, repo *store.Orders, id string) (err error) {
	_, span := otel.Tracer("direct").Start(ctx, "Direct") // want `the context of span is dropped and ctx is used on line 118,`
	defer func() {
		if err != nil {
			span.RecordError(err)
		}
		span.End()
	}()
	_, err = repo.Cached(ctx, id)
	return err
}

// Provider has a tracer provider of its own.
func Provider(ctx context.Context, tp trace.TracerProvider, repo *store.Orders, id string) error {
	_, sp := tp.Tracer("provider").Start(ctx, "Provider", trace.WithSpanKind(trace.SpanKindInternal)) // want `the context of sp is dropped and ctx is used on line 126,`
	defer sp.End()
	if _, err := repo.Find(ctx, id); err != nil {
		return err
	}
	return nil
}

// MethodValue calls through a method value.
func (c *Catalog) MethodValue(ctx context.Context, id string) (store.Order, error) {
	find := c.repo.Find
	_, span := tracer.Start(ctx, "MethodValue") // want `the context of span is dropped and ctx is used on line 137,`
	defer span.End()
	return find(ctx, id)
}

// MethodExpression calls through a method expression.
func (c *Catalog) MethodExpression(ctx context.Context, id string) (store.Order, error) {
	_, span := tracer.Start(ctx, "MethodExpression") // want `the context of span is dropped and ctx is used on line 144,`
	defer span.End()
	return (*store.Orders).Find(c.repo, ctx, id)
}

// Declared has its span declared before.
func Declared(ctx context.Context, repo *store.Orders, it store.Order) error {
	var span trace.Span
	_, span = tracer.Start(ctx, "Declared") // want `the context of span is dropped and ctx is used on line 152,`
	defer span.End()
	return repo.Save(ctx, it)
}

// Var uses a var declaration. A limit: silent.
func Var(ctx context.Context, repo *store.Orders, it store.Order) error {
	var _, span = tracer.Start(ctx, "Var")
	defer span.End()
	return repo.Save(ctx, it)
}
