// Package api has functions that are called with a context, are no handlers,
// and start work on a root with data of the call.
package api

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"go.opentelemetry.io/otel"
	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

var tracer = otel.Tracer("api")

// Checkout is a service.
type Checkout struct {
	svc   *work.Service
	db    *gorm.DB
	sql   *sql.DB
	cache *redis.Client
	audit *spans.Audit
}

// Place mails on a root.
func (c *Checkout) Place(ctx context.Context, o work.Order) error {
	if err := c.svc.Confirm(ctx, o); err != nil {
		return err
	}
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		c.svc.Record(context.Background(), o)
	}()
	return nil
}

// PlaceMethod starts the method itself.
func (c *Checkout) PlaceMethod(ctx context.Context, o work.Order) error {
	go c.svc.Record(context.Background(), o) // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
	return c.svc.Confirm(ctx, o)
}

// Invalidate deletes from the cache.
func (c *Checkout) Invalidate(ctx context.Context, keys ...string) error {
	_, span := tracer.Start(ctx, "Invalidate")
	defer span.End()
	for _, k := range keys {
		go func() { // want `the goroutine works on context\.TODO\(\), so what it does is in a trace of its own`
			c.cache.Del(context.TODO(), k)
		}()
	}
	return nil
}

// Touch updates a row by gorm.
func (c *Checkout) Touch(ctx context.Context, id string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	go func(id string) { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		c.db.WithContext(context.Background()).Exec("UPDATE orders SET seen = now() WHERE id = ?", id)
	}(id)
	return nil
}

// Count has the data in a local.
func (c *Checkout) Count(ctx context.Context, o work.Order) {
	query := "UPDATE counters SET n = n + 1 WHERE name = $1"
	name := o.ID + "/count"
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_, _ = c.sql.ExecContext(ctx, query, name)
	}()
}

// Started has a span, and a goroutine with a span of its own on a root.
func (c *Checkout) Started(ctx context.Context, o work.Order) {
	ctx, span := tracer.Start(ctx, "Started")
	defer span.End()
	_ = c.svc.Confirm(ctx, o)
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		ctx, span := tracer.Start(context.Background(), "Started.async")
		defer span.End()
		c.svc.Record(ctx, o)
	}()
}

// Later is due in a minute.
func (c *Checkout) Later(ctx context.Context, o work.Order) *time.Timer {
	return time.AfterFunc(time.Minute, func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		_ = c.svc.Confirm(context.Background(), o)
	})
}

// Prices joins its goroutines, which work on a root: the plain context is
// right here.
func (c *Checkout) Prices(ctx context.Context, ids []string) []int {
	out := make([]int, len(ids))
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Add(1)
		go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
			defer wg.Done()
			out[i], _ = c.svc.Price(context.Background(), id)
		}()
	}
	wg.Wait()
	return out
}

// PricesGroup joins by an errgroup that is derived from a root.
func (c *Checkout) PricesGroup(ctx context.Context, ids []string) error {
	var g errgroup.Group
	g.SetLimit(4)
	for _, id := range ids {
		g.Go(func() error { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
			_, err := c.svc.Price(context.Background(), id)
			return err
		})
	}
	return g.Wait()
}

// PricesGo uses the wait group's Go.
func (c *Checkout) PricesGo(ctx context.Context, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() { // want `the goroutine works on context\.TODO\(\), so what it does is in a trace of its own`
			_, _ = c.svc.Price(context.TODO(), id)
		})
	}
	wg.Wait()
}

// PriceChannel receives the result.
func (c *Checkout) PriceChannel(ctx context.Context, id string) (int, error) {
	res := make(chan int, 1)
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		p, _ := c.svc.Price(context.Background(), id)
		res <- p
	}()
	select {
	case p := <-res:
		return p, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
