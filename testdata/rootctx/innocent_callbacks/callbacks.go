// Package innocent_callbacks hands roots to functions that call back: what is called
// back works on the context at hand, so that nothing is lost.
package innocent_callbacks

import (
	"context"
	"database/sql"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("callbacks")

// A Pager calls a function for each page.
type Pager struct {
	Fetch func(ctx context.Context, from string) (next string, err error)
}

// New returns a pager for a function that has a context of its own.
func New(fetch func(from string) (string, error)) *Pager {
	return &Pager{Fetch: func(_ context.Context, from string) (string, error) { return fetch(from) }}
}

// Each fetches all pages. Where the context goes is up to the function.
func (p *Pager) Each(ctx context.Context) error {
	for from := "start"; from != ""; {
		var err error
		if from, err = p.Fetch(ctx, from); err != nil {
			return err
		}
	}
	return nil
}

func list(ctx context.Context, from string) (string, error) {
	_, span := tracer.Start(ctx, "list")
	defer span.End()
	return from[:len(from)-1], nil
}

// All is silent: the function that the pager calls has the context of the caller.
func All(ctx context.Context) error {
	pager := New(func(from string) (string, error) { return list(ctx, from) })
	return pager.Each(context.Background())
}

// Later is silent: the function is set after the pager was made.
func Later(ctx context.Context) error {
	var pager Pager
	pager.Fetch = func(_ context.Context, from string) (string, error) { return list(ctx, from) }
	return pager.Each(context.Background())
}

// Directly is silent: the literal is an argument.
func Directly(ctx context.Context, from string) error {
	return repeat(context.Background(), func(context.Context) error {
		_, err := list(ctx, from)
		return err
	})
}

func repeat(ctx context.Context, f func(context.Context) error) error {
	for range 3 {
		if err := f(ctx); err == nil {
			return nil
		}
	}
	return f(ctx)
}

// Given works on the root that the pager is given.
func Given(ctx context.Context) error {
	pager := &Pager{Fetch: list}
	return pager.Each(context.Background()) // want `context.Background\(\) starts a new trace, although the caller's context is at hand: ctx`
}

// Handed works on what the literal is called with.
func Handed(ctx context.Context, from string) error {
	return repeat(context.Background(), func(ctx context.Context) error { // want `context.Background\(\) starts a new trace`
		_, err := list(ctx, from)
		return err
	})
}

// Transaction begins and commits on the root, whatever is done in it.
func Transaction(ctx context.Context, db *sql.DB, from string) error {
	return inTx(context.Background(), db, func() error { // want `context.Background\(\) starts a new trace`
		_, err := list(ctx, from)
		return err
	})
}

func inTx(ctx context.Context, db *sql.DB, f func() error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(); err != nil {
		return err
	}
	return tx.Commit()
}
