// Package memdb is a driver for database/sql that holds the one table of the
// shop's ledger in memory: entries, of an order_id, an account and cents. It
// knows the two statements that the ledger uses.
package memdb

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"sync"
)

var errStatement = errors.New("memdb: no such statement")

// DB is a database. It is a driver.Connector, for sql.OpenDB.
type DB struct {
	mu      sync.Mutex
	entries [][]driver.Value
}

// New returns an empty database.
func New() *DB { return new(DB) }

// Connect implements driver.Connector.
func (db *DB) Connect(context.Context) (driver.Conn, error) { return conn{db}, nil }

// Driver implements driver.Connector.
func (db *DB) Driver() driver.Driver { return db }

// Open implements driver.Driver. There is one database, whatever its name.
func (db *DB) Open(string) (driver.Conn, error) { return conn{db}, nil }

type conn struct{ db *DB }

func (c conn) Close() error                        { return nil }
func (c conn) Begin() (driver.Tx, error)           { return tx{}, nil }
func (c conn) Prepare(string) (driver.Stmt, error) { return nil, errStatement }

// ExecContext adds an entry.
func (c conn) ExecContext(_ context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if !strings.HasPrefix(query, "INSERT INTO entries ") || len(args) != 3 {
		return nil, errStatement
	}
	c.db.mu.Lock()
	defer c.db.mu.Unlock()
	c.db.entries = append(c.db.entries, []driver.Value{args[0].Value, args[1].Value, args[2].Value})
	return driver.RowsAffected(1), nil
}

// QueryContext returns the entries of an order or of an account, oldest first.
func (c conn) QueryContext(_ context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	column := 0
	switch {
	case len(args) != 1:
		return nil, errStatement
	case strings.HasSuffix(query, " WHERE account = $1"):
		column = 1
	case !strings.HasSuffix(query, " WHERE order_id = $1"):
		return nil, errStatement
	}
	c.db.mu.Lock()
	defer c.db.mu.Unlock()
	found := new(rows)
	for _, entry := range c.db.entries {
		if entry[column] == args[0].Value {
			found.left = append(found.left, entry)
		}
	}
	return found, nil
}

// tx is a transaction in name only: what it did stays.
type tx struct{}

func (tx) Commit() error   { return nil }
func (tx) Rollback() error { return nil }

type rows struct{ left [][]driver.Value }

func (r *rows) Columns() []string { return []string{"order_id", "account", "cents"} }
func (r *rows) Close() error      { return nil }

func (r *rows) Next(dest []driver.Value) error {
	if len(r.left) == 0 {
		return io.EOF
	}
	copy(dest, r.left[0])
	r.left = r.left[1:]
	return nil
}
