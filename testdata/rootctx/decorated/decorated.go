// Package decorated has its repository behind an interface, with a decorator in front
// that passes on what it does not look at.
package decorated

import (
	"context"
	"database/sql"
	"net/http"
)

// A Repo is what handlers see.
type Repo interface {
	Find(id string) (string, error)
	Save(ctx context.Context, id string) error
}

type rows struct{ db *sql.DB }

func (r *rows) Find(id string) (name string, err error) {
	return name, r.db.QueryRowContext(context.Background(), "SELECT name FROM t WHERE id = $1", id).Scan(&name) // want `context.Background\(\) starts a new trace: Find is reached from handler \(\*API\).Get`
}

func (r *rows) Save(ctx context.Context, id string) error {
	_, err := r.db.ExecContext(ctx, "INSERT INTO t VALUES ($1)", id)
	return err
}

// counted counts what is saved, and leaves Find to what it wraps.
type counted struct {
	Repo
	n int
}

func (c *counted) Save(ctx context.Context, id string) error {
	c.n++
	return c.Repo.Save(ctx, id)
}

// An API has a Repo.
type API struct{ repo Repo }

// New puts the decorator in front.
func New(db *sql.DB) *API { return &API{&counted{Repo: &rows{db}}} }

// Get asks it.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	name, _ := a.repo.Find(r.PathValue("id"))
	_, _ = w.Write([]byte(name))
}

// A Mailer is another interface. Silent below: one of its types is not seen through.
type Mailer interface{ Mail(to string) error }

type smtp struct{ db *sql.DB }

func (s *smtp) Mail(to string) error {
	_, err := s.db.ExecContext(context.Background(), "INSERT INTO outbox VALUES ($1)", to)
	return err
}

// A Sender has more methods than a Mailer: what is in a wrapped need not be a smtp.
type Sender interface {
	Mailer
	Send() error
}

type wrapped struct{ Sender }

// Post calls it. Silent: a wrapped runs the method of a Sender that is not seen.
func (a *API) Post(m Mailer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_ = m.Mail(r.FormValue("to"))
	}
}

// A Clock has two types, one of which needs no context. Silent: it may be that one.
type Clock interface{ Now() (string, error) }

type remote struct{ db *sql.DB }

func (c *remote) Now() (now string, err error) {
	return now, c.db.QueryRowContext(context.Background(), "SELECT now()").Scan(&now)
}

type fixed struct{}

func (fixed) Now() (string, error) { return "noon", nil }

type logged struct{ Clock }

// Time asks a clock. Silent.
func Time(c Clock) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		now, _ := c.Now()
		_, _ = w.Write([]byte(now))
	}
}
