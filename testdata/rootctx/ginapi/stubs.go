// Package ginapi serves orders with gin. Its handlers throw the request's
// context away in the ways that are common.
package ginapi

import (
	"context"
	"database/sql"
	"time"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("ginapi")

// An Order is what the service is about.
type Order struct {
	ID       string
	Customer string
	Total    int64
}

// orderTable reads and writes orders; each of its methods is traced.
type orderTable struct{ db *sql.DB }

func (t *orderTable) byID(ctx context.Context, id string) (Order, error) {
	ctx, span := tracer.Start(ctx, "orderTable.byID")
	defer span.End()
	var o Order
	err := t.db.QueryRowContext(ctx, "SELECT id, customer, total FROM orders WHERE id = $1", id).Scan(&o.ID, &o.Customer, &o.Total)
	return o, err
}

func (t *orderTable) insert(ctx context.Context, o Order) error {
	ctx, span := tracer.Start(ctx, "orderTable.insert")
	defer span.End()
	_, err := t.db.ExecContext(ctx, "INSERT INTO orders VALUES ($1, $2, $3)", o.ID, o.Customer, o.Total)
	return err
}

func (t *orderTable) count(ctx context.Context, customer string) (n int, err error) {
	err = t.db.QueryRowContext(ctx, "SELECT count(*) FROM orders WHERE customer = $1", customer).Scan(&n)
	return n, err
}

// retry calls fn until it succeeds, and returns after that.
func retry(times int, fn func() error) (err error) {
	for range times {
		if err = fn(); err == nil {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

type tenantKey struct{}
