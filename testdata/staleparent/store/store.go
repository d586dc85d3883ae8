// Package store holds the shop's repositories. Nothing in it is a fault.
package store

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Order is a row.
type Order struct {
	ID     string
	Amount int64
}

// Orders reads and writes orders.
type Orders struct {
	db    *sql.DB
	cache *redis.Client
	mu    sync.Mutex
}

// New is the constructor.
func New(db *sql.DB, cache *redis.Client) *Orders { return &Orders{db: db, cache: cache} }

// Find queries.
func (o *Orders) Find(ctx context.Context, id string) (Order, error) {
	var out Order
	err := o.db.QueryRowContext(ctx, "SELECT id, amount FROM orders WHERE id = $1", id).Scan(&out.ID, &out.Amount)
	return out, err
}

// Save writes.
func (o *Orders) Save(ctx context.Context, it Order) error {
	_, err := o.db.ExecContext(ctx, "INSERT INTO orders (id, amount) VALUES ($1, $2)", it.ID, it.Amount)
	return err
}

// Cached asks redis first, then the database.
func (o *Orders) Cached(ctx context.Context, id string) (string, error) {
	if v, err := o.cache.Get(ctx, "order:"+id).Result(); err == nil {
		return v, nil
	}
	it, err := o.Find(ctx, id)
	return it.ID, err
}

// Lock waits for the lock or for the caller to give up: no trace.
func (o *Orders) Lock(ctx context.Context) error {
	for !o.mu.TryLock() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
	return nil
}

// Unlock is the other half.
func (o *Orders) Unlock() { o.mu.Unlock() }
