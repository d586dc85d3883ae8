package undecided

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

func tell(ctx context.Context, err error) {
	span := trace.SpanFromContext(ctx)
	span.RecordError(err)
	span.SetStatus(codes.Error, err.Error())
}

func tellAll(ctx context.Context, errs ...error) {
	for _, err := range errs {
		tell(ctx, err)
	}
}

func tellAndKeep(ctx context.Context, l *Ledger, err error) {
	tell(ctx, err)
	_ = l.add(ctx, err.Error())
}

// Told has nobody to tell: writing to a span needs no context that goes on.
func (l *Ledger) Told(ctx context.Context, entry string) error {
	if err := l.add(ctx, entry); err != nil {
		err = fmt.Errorf("add: %w", err)
		tell(context.Background(), err) // want `context.Background\(\) starts a new trace, although the caller's context is at hand: ctx`
		return err
	}
	return nil
}

// ToldAll goes through a helper.
func (l *Ledger) ToldAll(ctx context.Context, entry string) error {
	if err := l.add(ctx, entry); err != nil {
		tellAll(context.Background(), err) // want `the caller's context is at hand: ctx`
		return err
	}
	return nil
}

// Kept is silent: what is done in the branch of the error has to go on.
func (l *Ledger) Kept(ctx context.Context, entry string) error {
	if err := l.add(ctx, entry); err != nil {
		tellAndKeep(context.Background(), l, err)
		return err
	}
	return nil
}

// Explained is silent: a comment gives a reason.
func (l *Ledger) Explained(ctx context.Context, entry string) error {
	if err := l.add(ctx, entry); err != nil {
		// not on the caller's span, since this would make it an error
		tell(context.Background(), err)
		return err
	}
	return nil
}

// Detached is silent: one of the two uses has to go on.
func (l *Ledger) Detached(ctx context.Context, entry string) error {
	if err := l.add(ctx, entry); err != nil {
		own := context.Background()
		tell(own, err)
		_ = l.add(own, "failed")
		return err
	}
	return nil
}
