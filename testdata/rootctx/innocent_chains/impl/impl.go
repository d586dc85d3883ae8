// Package impl has what is called by package use.
package impl

import (
	"context"
	"database/sql"
	"sync"

	"github.com/tracevet/tracevet/testdata/rootctx/innocent_chains/ports"
)

// Store does its work with roots in some places that are right.
type Store struct {
	db   *sql.DB
	once sync.Once
}

// New opens one; its root is start-up's.
func New(db *sql.DB) *Store { return &Store{db: db} }

// Find is the form without a context of FindContext: its whole body hands on a
// root, which is for callers that have none. Others are told by ctxlesscall.
func (s *Store) Find(id string) (string, error) { return s.FindContext(context.Background(), id) }

// FindContext is the form with a context.
func (s *Store) FindContext(ctx context.Context, id string) (name string, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT name FROM t WHERE id = $1", id).Scan(&name)
	return name, err
}

// Later starts a goroutine with the root: another rule's matter.
func (s *Store) Later(id string) {
	go func() { _, _ = s.FindContext(context.Background(), id) }()
}

// Close frees leases with a root: clean-up.
func (s *Store) Close() error {
	_, err := s.db.ExecContext(context.Background(), "DELETE FROM leases")
	return err
}

// Prepare does something once, for all.
func (s *Store) Prepare() {
	s.once.Do(func() { _, _ = s.db.ExecContext(context.Background(), "CREATE TABLE t (id TEXT)") })
}

// Save frees its lock in a defer with a root.
func (s *Store) Save(text string) error {
	defer s.db.ExecContext(context.Background(), "SELECT pg_advisory_unlock_all()")
	if text == "" {
		return sql.ErrNoRows
	}
	return nil
}

// Memory is a sender without any root.
type Memory struct{ sent []string }

// Send keeps the text.
func (m *Memory) Send(text string) error { m.sent = append(m.sent, text); return nil }

// Table is a sender with a root.
type Table struct{ db *sql.DB }

// Send writes the text.
func (t *Table) Send(text string) error {
	_, err := t.db.ExecContext(context.Background(), "INSERT INTO sent VALUES ($1)", text)
	return err
}

var (
	_ ports.Finder = (*Store)(nil)
	_ ports.Sender = (*Memory)(nil)
	_ ports.Sender = (*Table)(nil)
)
