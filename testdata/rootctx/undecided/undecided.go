// Package undecided has context.TODO where a Background would be excused, and
// where nothing would be.
package undecided

import (
	"context"
	"database/sql"
	"errors"
)

// Ledger keeps entries.
type Ledger struct{ db *sql.DB }

func (l *Ledger) add(ctx context.Context, entry string) error {
	_, err := l.db.ExecContext(ctx, "INSERT INTO entries (text) VALUES ($1)", entry)
	return err
}

// Fallback asks the other table in the branch of an error.
func (l *Ledger) Fallback(ctx context.Context, entry string) error {
	if err := l.add(ctx, entry); err != nil {
		_, err := l.db.ExecContext(context.TODO(), "INSERT INTO spill (text) VALUES ($1)", entry) // want `context.TODO\(\) starts a new trace, although the caller's context is at hand: ctx`
		return err
	}
	return nil
}

// Deliberate is silent: a Background there may outlive what failed on purpose.
func (l *Ledger) Deliberate(ctx context.Context, entry string) error {
	if err := l.add(ctx, entry); err != nil {
		_, err := l.db.ExecContext(context.Background(), "INSERT INTO spill (text) VALUES ($1)", entry)
		return err
	}
	return nil
}

// Over is silent: the context has ended there, so that it would be no better.
func (l *Ledger) Over(ctx context.Context, entry string) error {
	if err := l.add(ctx, entry); ctx.Err() != nil {
		_, undo := l.db.ExecContext(context.TODO(), "DELETE FROM entries WHERE text = $1", entry)
		return errors.Join(err, undo)
	}
	return nil
}

// Late is silent: a deferred function may run when the context has ended.
func (l *Ledger) Late(ctx context.Context, entry string) error {
	defer func() {
		_, _ = l.db.ExecContext(context.TODO(), "UPDATE state SET busy = false")
	}()
	return l.add(ctx, entry)
}
