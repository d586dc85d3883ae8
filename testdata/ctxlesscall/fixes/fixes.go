// Package fixes has calls without a context at places that are hard to mend.
package fixes

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
)

// Repo is a repository.
type Repo struct {
	db  *sql.DB
	url url.URL
}

// Shadowed has ctx as the name of something else at the call: the context is
// not at hand there, so it is silent.
func (r *Repo) Shadowed(ctx context.Context, ids []string) error {
	for _, ctx := range ids {
		if _, err := r.db.Exec("DELETE FROM t WHERE id = $1", ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Renamed has the request's under a name that reads like a context.
func (r *Repo) Renamed(ctx *gin.Context) {
	if _, err := r.db.Exec("DELETE FROM t WHERE id = $1", ctx.Param("id")); err != nil { // want `db.Exec has no context`
		ctx.Status(http.StatusInternalServerError)
	}
}

// Comments has comments and several lines inside of the call.
func (r *Repo) Comments(ctx context.Context, id string) *sql.Row {
	return r.db. // the handle
			QueryRow( // want `QueryRow has no context`
			// the query
			"SELECT name FROM t WHERE id = $1" /* by */, id, // id
		)
}

// Options begins with nothing, and needs the options that BeginTx takes.
func (r *Repo) Options(ctx context.Context) (*sql.Tx, error) { return r.db.Begin() } // want `db.Begin has no context`

// Nil has nil shadowed, which BeginTx would be given.
func (r *Repo) Nil(ctx context.Context, nil string) (*sql.Tx, error) {
	if nil == "" {
		return r.db.BeginTx(ctx, &sql.TxOptions{})
	}
	return r.db.Begin() // want `db.Begin has no context`
}

// Spread hands on what another function returns: there is no place for ctx.
func (r *Repo) Spread(ctx context.Context) (*http.Request, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return http.NewRequest(r.parts()) // want `NewRequestWithContext takes one`
}

func (r *Repo) parts() (string, string, io.Reader) { return http.MethodGet, r.url.String(), nil }

// Innermost uses the context of its span.
func (r *Repo) Innermost(req *http.Request) error {
	inner, span := otel.Tracer("fixes").Start(req.Context(), "Innermost")
	defer span.End()
	tx, err := r.db.BeginTx(inner, nil)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM t"); err != nil { // want `tx.Exec has no context`
		return tx.Rollback()
	}
	return tx.Commit()
}

// Twice has two calls on a line.
func (r *Repo) Twice(ctx context.Context) (a, b *sql.Row) {
	return r.db.QueryRow("SELECT 1"), r.db.QueryRow("SELECT 2") // want `db.QueryRow has no context` `db.QueryRow has no context`
}

// Parenthesised has parentheses that nobody needs.
func (r *Repo) Parenthesised(ctx context.Context) error {
	_, err := (r.db.Exec)("DELETE FROM t") // want `db.Exec has no context`
	return err
}
