// Package innocent_database calls the forms of database/sql and sqlx that have
// no context where that is right.
package innocent_database

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"
)

// Repo is a repository.
type Repo struct {
	db *sql.DB
	x  *sqlx.DB
}

// schema is start-up: no context is at hand.
func (r *Repo) schema() error {
	if _, err := r.db.Exec("CREATE TABLE t (id TEXT)"); err != nil {
		return err
	}
	r.x.MustExec("CREATE TABLE u (id TEXT)")
	return r.db.Ping()
}

// With has the forms with a context.
func (r *Repo) With(ctx context.Context, id string) (name string, err error) {
	if err := r.x.GetContext(ctx, &name, "SELECT name FROM t WHERE id = $1", id); err != nil {
		return "", err
	}
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	defer tx.Rollback()
	if _, err = tx.ExecContext(ctx, "UPDATE t SET seen = now()"); err != nil {
		return "", err
	}
	return name, tx.Commit()
}

// Deferred cleans up in a defer: the context may be cancelled by then.
func (r *Repo) Deferred(ctx context.Context) error {
	if _, err := r.db.ExecContext(ctx, "SELECT pg_advisory_lock(1)"); err != nil {
		return err
	}
	defer r.db.Exec("SELECT pg_advisory_unlock(1)")
	return ctx.Err()
}

// DeferredClosure does so in a closure.
func (r *Repo) DeferredClosure(c *gin.Context) {
	defer func() {
		if _, err := r.db.Exec("DELETE FROM locks"); err != nil {
			c.Status(http.StatusInternalServerError)
		}
	}()
	c.JSON(http.StatusOK, r.db.Stats())
}

// Goroutine works when the handler has returned.
func (r *Repo) Goroutine(w http.ResponseWriter, req *http.Request) {
	id := req.FormValue("id")
	go func() { _, _ = r.db.Exec("INSERT INTO hits VALUES ($1)", id) }()
	w.WriteHeader(http.StatusAccepted)
}

// Later hands a literal to something that runs it later.
func (r *Repo) Later(ctx context.Context) error {
	time.AfterFunc(time.Minute, func() { _, _ = r.x.Exec("VACUUM") })
	return ctx.Err()
}

// Returned returns the clean-up to its caller.
func (r *Repo) Returned(ctx context.Context) (func() error, error) {
	conn, err := r.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return func() error {
		_, err := r.db.Exec("DELETE FROM leases")
		if err == nil {
			err = conn.Close()
		}
		return err
	}, nil
}

// runner is what both a database and a transaction are: it has no other form.
type runner interface {
	Exec(query string, args ...any) (sql.Result, error)
	QueryRow(query string, args ...any) *sql.Row
}

// Interface calls through it.
func Interface(ctx context.Context, q runner, id string) (n int, err error) {
	if _, err := q.Exec("DELETE FROM t WHERE id = $1", id); err != nil {
		return 0, err
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	return n, q.QueryRow("SELECT count(*) FROM t").Scan(&n)
}

// Without has no context, and neither have its callers.
func (r *Repo) Without(id string) error {
	_, err := r.db.Exec("DELETE FROM t WHERE id = $1", id)
	return err
}

// Nothing calls methods that have no other form.
func (r *Repo) Nothing(ctx context.Context, tx *sqlx.Tx, rows *sql.Rows) error {
	r.db.SetMaxOpenConns(4)
	for rows.Next() {
		if ctx.Err() != nil {
			return tx.Rollback()
		}
	}
	_ = r.x.Rebind("SELECT ?")
	return tx.Commit()
}

// Over works after the context is over.
func (r *Repo) Over(ctx context.Context) error {
	<-ctx.Done()
	_, err := r.db.Exec("DELETE FROM leases")
	return err
}

// Queryer hands an interface of sqlx on, which GetContext does not take.
func Queryer(ctx context.Context, q sqlx.Queryer, id string) (name string, err error) {
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return name, sqlx.Get(q, &name, "SELECT name FROM t WHERE id = $1", id)
}

// Value uses the form without a context as a value: another one would have
// another type.
func (r *Repo) Value(ctx context.Context, ids []any) error {
	exec := map[bool]func(string, ...any) (sql.Result, error){true: r.db.Exec, false: r.x.Exec}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_, err := exec[len(ids) > 1]("DELETE FROM t WHERE id = $1", ids...)
	return err
}

var _ = (*Repo).schema
