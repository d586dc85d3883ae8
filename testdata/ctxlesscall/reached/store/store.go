// Package store asks a database that otelsql has instrumented, in functions that are
// given no context. Who calls them is in other packages, so nothing is reported here.
package store

import (
	"context"
	"database/sql"

	"github.com/XSAM/otelsql"
)

// A Store is a repository.
type Store struct{ db *sql.DB }

// Open opens the database. Silent: it is called at the start.
func Open(dsn string) (*Store, error) {
	db, err := otelsql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return &Store{db: db}, db.Ping()
}

// Name asks by itself. Silent here: what is at hand is not known.
func (s *Store) Name(id int) (name string, err error) {
	return name, s.db.QueryRow("SELECT name FROM users WHERE id = $1", id).Scan(&name)
}

// Rename asks through another one. Silent here, too.
func (s *Store) Rename(id int, name string) error {
	return s.exec("UPDATE users SET name = $1 WHERE id = $2", name, id)
}

func (s *Store) exec(query string, args ...any) error {
	_, err := s.db.Exec(query, args...)
	return err
}

// Names is called by a job. Silent: that one waits for the end of its context.
func (s *Store) Names() error { return s.exec("SELECT name FROM users") }

// Drop is called through an interface. Silent here.
func (s *Store) Drop(id int) error { return s.exec("DELETE FROM users WHERE id = $1", id) }

// Count has a form with a context beside it. Silent: what calls this one is told so.
func (s *Store) Count() (n int, err error) {
	return n, s.db.QueryRow("SELECT count(*) FROM users").Scan(&n)
}

// CountContext is that form.
func (s *Store) CountContext(ctx context.Context) (n int, err error) {
	return n, s.db.QueryRowContext(ctx, "SELECT count(*) FROM users").Scan(&n)
}
