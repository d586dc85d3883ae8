// Package ledger keeps the books of the shop in an SQL database: two entries
// for each payment, which add up to nothing.
package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

// The accounts of the shop.
const (
	Cash  = "cash"
	Sales = "sales"
)

const (
	insertEntry   = "INSERT INTO entries (order_id, account, cents) VALUES ($1, $2, $3)"
	entriesOf     = "SELECT order_id, account, cents FROM entries WHERE order_id = $1"
	entriesOn     = "SELECT order_id, account, cents FROM entries WHERE account = $1"
	selectTimeout = 2 * time.Second
)

// Entry is one line in the books.
type Entry struct {
	OrderID string `json:"order_id"`
	Account string `json:"account"`
	Cents   int    `json:"cents"`
}

// Ledger is the books. Its methods may be called concurrently.
type Ledger struct{ db *sql.DB }

// New returns the books that db holds.
func New(db *sql.DB) *Ledger { return &Ledger{db: db} }

// Book books the payment of an order.
func (l *Ledger) Book(ctx context.Context, orderID string, cents int) (err error) {
	_, span := telemetry.StartSpan(ctx, "ledger.book", attribute.String("order.id", orderID))
	defer telemetry.End(span, &err)

	return l.inTx(ctx, func(tx *sql.Tx) error {
		return post(ctx, tx, orderID, cents)
	})
}

// inTx runs work in a transaction.
func (l *Ledger) inTx(ctx context.Context, work func(*sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// post writes both sides of a payment.
func post(ctx context.Context, tx *sql.Tx, orderID string, cents int) error {
	if _, err := tx.ExecContext(ctx, insertEntry, orderID, Cash, cents); err != nil {
		return fmt.Errorf("post to %s: %w", Cash, err)
	}
	if _, err := tx.Exec(insertEntry, orderID, Sales, -cents); err != nil {
		return fmt.Errorf("post to %s: %w", Sales, err)
	}
	return nil
}

// BalanceContext returns what is on an account, in cents.
func (l *Ledger) BalanceContext(ctx context.Context, account string) (cents int, err error) {
	ctx, span := telemetry.StartSpan(ctx, "ledger.balance", attribute.String("account", account))
	defer telemetry.End(span, &err)

	rows, err := l.db.QueryContext(ctx, entriesOn, account)
	if err != nil {
		return 0, fmt.Errorf("balance of %s: %w", account, err)
	}
	return sum(rows)
}

// Balance is BalanceContext for scripts, which have no context.
func (l *Ledger) Balance(account string) (cents int, err error) {
	rows, err := l.db.Query(entriesOn, account)
	if err != nil {
		return 0, fmt.Errorf("balance of %s: %w", account, err)
	}
	return sum(rows)
}

// sum adds up the entries in rows, and closes them.
func sum(rows *sql.Rows) (cents int, err error) {
	entries, err := scan(rows)
	for _, e := range entries {
		cents += e.Cents
	}
	return cents, err
}
