// Package database calls database/sql without the context that is at hand.
package database

import (
	"context"
	"database/sql"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// Accounts is a repository.
type Accounts struct {
	db    *sql.DB
	names *sql.Stmt
}

// Names queries without.
func (a *Accounts) Names(ctx context.Context, bank string) (names []string, err error) {
	rows, err := a.db.Query("SELECT name FROM accounts WHERE bank = $1", bank) // want `db.Query has no context, so its work is not in the trace: QueryContext takes one$`
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return names, rows.Err()
}

// One reads a row in a handler of gin.
func (a *Accounts) One(c *gin.Context) {
	var name string
	err := a.db.QueryRow("SELECT name FROM accounts WHERE id = $1", c.Param("id")).Scan(&name) // want `db.QueryRow has no context, so its work is not in the trace: QueryRowContext takes one`
	if errors.Is(err, sql.ErrNoRows) {
		c.Status(http.StatusNotFound)
		return
	}
	c.String(http.StatusOK, name)
}

// Rename writes in a handler of net/http, in an if statement.
func (a *Accounts) Rename(w http.ResponseWriter, r *http.Request) {
	if _, err := a.db.Exec("UPDATE accounts SET name = $1 WHERE id = $2", r.FormValue("name"), r.PathValue("id")); err != nil { // want `db.Exec has no context, so its work is not in the trace: ExecContext takes one`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Move has a transaction, none of which is in the trace.
func (a *Accounts) Move(c echo.Context) error {
	tx, err := a.db.Begin() // want `db.Begin has no context, so its work is not in the trace: BeginTx takes one`
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE accounts SET cent = cent - 1 WHERE id = $1", c.Param("from")); err != nil { // want `tx.Exec has no context, so its work is not in the trace: ExecContext takes one`
		return err
	}
	if _, err := tx.Exec("UPDATE accounts SET cent = cent + 1 WHERE id = $1", c.Param("to")); err != nil { // want `tx.Exec has no context`
		return err
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM accounts").Scan(&n); err != nil { // want `tx.QueryRow has no context.*: QueryRowContext takes one`
		return err
	}
	return tx.Commit()
}

// Half has a transaction that was begun with the context; what is in it is not.
func (a *Accounts) Half(ctx context.Context, ids []int64) error {
	tx, err := a.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	st, err := tx.Prepare("SELECT name FROM accounts WHERE id = $1") // want `tx.Prepare has no context.*: PrepareContext takes one`
	if err != nil {
		return err
	}
	for _, id := range ids {
		var name string
		if err := st.QueryRow(id).Scan(&name); err != nil { // want `st.QueryRow has no context.*: QueryRowContext takes one`
			return err
		}
	}
	return tx.Commit()
}

// Statement uses one that was prepared at start-up.
func (a *Accounts) Statement(ctx context.Context, id string) (*sql.Rows, error) {
	ctx, span := otel.Tracer("database").Start(ctx, "Statement")
	defer span.End()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return a.names.Query(id) // want `names.Query has no context.*: QueryContext takes one`
}

// Streamed has a stream's context at hand, and no variable with one.
func (a *Accounts) Streamed(req *healthpb.HealthCheckRequest, ss grpc.ServerStreamingServer[healthpb.HealthCheckResponse]) error {
	if _, err := a.names.Exec(req.GetService()); err != nil { // want `names.Exec has no context.*: ExecContext takes one`
		return err
	}
	return ss.Send(&healthpb.HealthCheckResponse{})
}

// Alive pings.
func (a *Accounts) Alive(w http.ResponseWriter, req *http.Request) {
	if err := a.db.Ping(); err != nil { // want `db.Ping has no context.*: PingContext takes one`
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// Prepared prepares for a moment.
func (a *Accounts) Prepared(ctx context.Context, q string) error {
	st, err := a.db.Prepare(q) // want `db.Prepare has no context.*: PrepareContext takes one`
	if err != nil {
		return err
	}
	defer st.Close()
	_, err = st.ExecContext(ctx)
	return err
}

// Closure has the call in a literal that it calls itself.
func (a *Accounts) Closure(ctx context.Context, names ...string) error {
	insert := func(n string) error {
		_, err := a.db.Exec("INSERT INTO accounts (name) VALUES ($1)", n) // want `db.Exec has no context`
		return err
	}
	for _, n := range names {
		if err := insert(n); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Embedded has the database embedded.
type Embedded struct{ *sql.DB }

// Size counts.
func (e Embedded) Size(ctx context.Context, table string) (n int64, err error) {
	err = e.QueryRow("SELECT pg_relation_size($1)", table).Scan(&n) // want `e.QueryRow has no context.*: QueryRowContext takes one`
	return n, err
}

// Bound bounds it as a statement of the transaction.
func (a *Accounts) Bound(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.Stmt(a.names).ExecContext(ctx, "x") // want `tx.Stmt has no context.*: StmtContext takes one`
	return err
}

// Span has the innermost context under another name, which is what the fix uses.
func (a *Accounts) Span(r *http.Request) error {
	sctx, sp := otel.Tracer("database").Start(r.Context(), "Span")
	defer sp.End()
	_ = sctx
	_, err := a.db.Exec( // want `db.Exec has no context`
		"DELETE FROM accounts WHERE id = $1", // by id
		r.FormValue("id"),
	)
	return err
}

// NoArguments has an own constructor of the handler.
func NoArguments(db *sql.DB) gin.HandlerFunc {
	return func(g *gin.Context) {
		args := []any{g.Param("a"), g.Param("b")}
		res, err := db.Exec("DELETE FROM pairs WHERE a = $1 AND b = $2", args...) // want `db.Exec has no context`
		if err != nil {
			g.Status(http.StatusInternalServerError)
			return
		}
		n, _ := res.RowsAffected()
		g.JSON(http.StatusOK, n)
	}
}

// Unnamed has a context that it does not name: there is nothing to write.
func (a *Accounts) Unnamed(_ context.Context, id string) error {
	_, err := a.db.Exec("DELETE FROM accounts WHERE id = $1", id) // want `db.Exec has no context`
	return err
}
