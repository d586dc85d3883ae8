package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

// Statement is what the books say of an order.
type Statement struct {
	Entries []Entry `json:"entries"`
	Paid    int     `json:"paid_cents"`
}

// Statement returns the statement of an order. That of one that nobody paid
// for, or that does not exist, is empty.
func (l *Ledger) Statement(ctx context.Context, orderID string) (st Statement, err error) {
	_, span := telemetry.StartSpan(ctx, "ledger.statement", attribute.String("order.id", orderID))
	defer telemetry.End(span, &err)

	st, err = l.compile(orderID)
	span.SetAttributes(attribute.Int("entries", len(st.Entries)))
	return st, err
}

// compile adds up the entries of an order.
func (l *Ledger) compile(orderID string) (Statement, error) {
	entries, err := l.entries(orderID)
	if err != nil {
		return Statement{}, fmt.Errorf("statement of %s: %w", orderID, err)
	}
	st := Statement{Entries: entries}
	for _, e := range entries {
		if e.Account == Cash {
			st.Paid += e.Cents
		}
	}
	return st, nil
}

func (l *Ledger) entries(orderID string) ([]Entry, error) {
	return l.query(entriesOf, orderID)
}

// query returns the entries that a statement selects, in time.
func (l *Ledger) query(statement string, args ...any) ([]Entry, error) {
	ctx, cancel := context.WithTimeout(context.Background(), selectTimeout)
	defer cancel()
	rows, err := l.db.QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	return scan(rows)
}

// scan reads the entries in rows, and closes them.
func scan(rows *sql.Rows) ([]Entry, error) {
	defer rows.Close()
	entries := []Entry{}
	for rows.Next() {
		var e Entry
		if err := rows.Scan(&e.OrderID, &e.Account, &e.Cents); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, rows.Err()
}
