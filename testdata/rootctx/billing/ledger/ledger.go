// Package ledger is between the server and the bank.
package ledger

import (
	"context"

	. "github.com/tracevet/tracevet/testdata/rootctx/billing/bank"
	"go.opentelemetry.io/otel"
)

// A Ledger has both clients, one by embedding.
type Ledger struct {
	*Client
	up *Balances
}

// New makes one.
func New(c *Client, up *Balances) *Ledger { return &Ledger{Client: c, up: up} }

// Sum has no context.
func (l *Ledger) Sum(accounts ...string) (sum int64, err error) {
	for _, a := range accounts {
		n, err := l.Balance(a)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// Ready has one, of its own span.
func (l *Ledger) Ready(ctx context.Context) bool {
	_, span := otel.Tracer("ledger").Start(ctx, "Ready")
	defer span.End()
	return l.up.Up("bank") // a limit: whether the caller serves a request is not known
}

// Name calls what has a root and does nothing traced with it.
func (l *Ledger) Name(ctx context.Context) string {
	if ctx.Err() != nil {
		return ""
	}
	_, ok := Pure("ledger").Deadline()
	return map[bool]string{true: "a", false: "b"}[ok]
}
