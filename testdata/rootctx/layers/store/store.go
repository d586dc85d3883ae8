// Package store is the lowest of three layers: none of its methods takes a
// context, and nobody in it has one, so that nothing is reported here.
package store

import (
	"context"
	"database/sql"
	"time"
)

// An Order is a row.
type Order struct{ ID, State string }

// DB is the repository.
type DB struct{ sql *sql.DB }

// Open opens it.
func Open(driver, dsn string) (*DB, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return &DB{sql: db}, db.PingContext(ctx)
}

// Find has the root itself.
func (d *DB) Find(id string) (o Order, err error) {
	err = d.sql.QueryRowContext(context.Background(), "SELECT id, state FROM orders WHERE id = $1", id).Scan(&o.ID, &o.State)
	return o, err
}

// Put has it in a helper.
func (d *DB) Put(o Order) error { return d.exec("INSERT INTO orders VALUES ($1, $2)", o.ID, o.State) }

// Drop has it in the same helper.
func (d *DB) Drop(id string) error { return d.exec("DELETE FROM orders WHERE id = $1", id) }

func (d *DB) exec(query string, args ...any) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	_, err := d.sql.ExecContext(ctx, query, args...)
	return err
}

// Count takes the context and uses it.
func (d *DB) Count(ctx context.Context) (n int, err error) {
	err = d.sql.QueryRowContext(ctx, "SELECT count(*) FROM orders").Scan(&n)
	return n, err
}

// Name does nothing that is traced.
func (d *DB) Name() string { return "orders" }

// Load is a package function, for callers without a repository.
func Load(db *sql.DB, id string) (string, error) {
	d := &DB{sql: db}
	o, err := d.Find(id)
	return o.State, err
}
