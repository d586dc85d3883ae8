// Package chain_fix has roots in unexported functions that handlers reach. Each
// is mended by one fix, which gives every function of the chain a context as its
// first parameter, and passes it at every call.
package chain_fix

import (
	"context"
	"database/sql"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("chain")

type user struct {
	id, name string
	boss     *user
}

type table struct{ db *sql.DB }

func (t *table) one(ctx context.Context, id string) (u user, err error) {
	ctx, span := tracer.Start(ctx, "table.one")
	defer span.End()
	err = t.db.QueryRowContext(ctx, "SELECT id, name FROM users WHERE id = $1", id).Scan(&u.id, &u.name)
	return u, err
}

func (t *table) put(ctx context.Context, u user) error {
	_, err := t.db.ExecContext(ctx, "INSERT INTO users VALUES ($1, $2)", u.id, u.name)
	return err
}

func work(ctx context.Context, name string) {
	_, span := tracer.Start(ctx, name)
	defer span.End()
}
