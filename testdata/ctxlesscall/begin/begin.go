// Package begin starts transactions through interfaces of its own.
package begin

import (
	"context"
	"database/sql"
)

// Writer is what *sql.DB can do.
type Writer interface {
	Begin() (*sql.Tx, error)
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

// Plain has no form with a context.
type Plain interface {
	Begin() (*sql.Tx, error)
}

// Odd takes something that cannot be left out.
type Odd interface {
	Begin() (*sql.Tx, error)
	BeginTx(ctx context.Context, level int) (*sql.Tx, error)
}

// A Journal has transactions that are not those of database/sql.
type Journal interface {
	Begin() (*Entry, error)
	BeginTx(ctx context.Context, parent *Entry) (*Entry, error)
}

// An Entry is an entry.
type Entry struct{ open bool }

type vault struct {
	w Writer
	p Plain
	o Odd
	j Journal
}

func (v *vault) Store(ctx context.Context, key string) error {
	tx, err := v.w.Begin() // want `v.w.Begin has no context, so its work is not in the trace: BeginTx takes one`
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO keys (name) VALUES ($1)", key); err != nil {
		return err
	}
	return tx.Commit()
}

// Plain is silent: there is no form with a context.
func (v *vault) Plain(ctx context.Context) error {
	tx, err := v.p.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM keys"); err != nil {
		return err
	}
	return tx.Commit()
}

// Odd is silent: what to give the other form is not known.
func (v *vault) Odd(ctx context.Context) error {
	tx, err := v.o.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM keys"); err != nil {
		return err
	}
	return tx.Commit()
}

// Journal is silent: the two are not known to be forms of one another.
func (v *vault) Journal(ctx context.Context) error {
	e, err := v.j.Begin()
	if err != nil || ctx.Err() != nil {
		return err
	}
	e.open = false
	return nil
}
