// Package returned returns errors of which its spans tell nothing. That is
// reported with the option -silenterror.returned only.
package returned

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var (
	tracer     = otel.Tracer("returned")
	errMissing = errors.New("missing")
)

type repo struct{ db *sql.DB }

func work(context.Context) error        { return nil }
func load(context.Context) (int, error) { return 0, nil }

// Plain hands on the error of its only step.
func Plain(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Plain") // want `^span has no status when the error on line 32 is returned, so the operation looks as if it had succeeded$`
	defer span.End()
	if err := work(ctx); err != nil {
		return err
	}
	return nil
}

// Wrapped wraps two of them: one finding, mended before both returns.
func Wrapped(ctx context.Context) (int, error) {
	ctx, span := tracer.Start(ctx, "Wrapped") // want `span has no status when the error on line 43`
	defer span.End()
	n, err := load(ctx)
	if err != nil {
		return 0, fmt.Errorf("load: %w", err)
	}
	if err := work(ctx); err != nil {
		return 0, fmt.Errorf("work %d: %w", n, err)
	}
	return n, nil
}

// Forgotten sets the status for the first error and not for the second.
func Forgotten(ctx context.Context) error {
	ctx, sp := tracer.Start(ctx, "Forgotten") // want `sp has no status when the error on line 60`
	defer sp.End()
	if err := work(ctx); err != nil {
		sp.SetStatus(codes.Error, err.Error())
		return err
	}
	if _, err := load(ctx); err != nil {
		return err
	}
	return nil
}

// Tail returns what its last step returns, whatever that is: no fix.
func (r *repo) Tail(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Tail") // want `span has no status when the error on line 69`
	defer span.End()
	return r.db.PingContext(ctx)
}

// Made makes the error itself, and RecordError(nil) does nothing. There is no
// variable to take the description from, so no fix.
func Made(ctx context.Context) error {
	_, span := tracer.Start(ctx, "Made") // want `span has no status when the error on line 78`
	defer span.End()
	span.RecordError(nil)
	return errors.New("x")
}

// Explicit ends its span by hand, before it returns: a status would come too
// late there, so no fix.
func Explicit(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Explicit") // want `span has no status when the error on line 88`
	err := work(ctx)
	span.End()
	if err != nil {
		return err
	}
	return nil
}

// Asked answers with nil for an expected error, and fails with all others.
func Asked(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Asked") // want `span has no status when the error on line 101`
	defer span.End()
	if err := work(ctx); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	}
	return nil
}

// InLiteral does it in a function literal.
func InLiteral(run func(func(context.Context) error)) {
	run(func(ctx context.Context) error {
		ctx, span := tracer.Start(ctx, "InLiteral") // want `span has no status when the error on line 112`
		defer span.End()
		if err := work(ctx); err != nil {
			return err
		}
		return nil
	})
}

// Status is silent: each error has its status.
func Status(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Status")
	defer span.End()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, "work")
		return err
	}
	return nil
}

// Named is silent: the deferred function looks at the result.
func Named(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Named")
	defer span.End()
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
	}()
	if err = work(ctx); err != nil {
		return fmt.Errorf("work: %w", err)
	}
	return work(ctx)
}

func finish(span trace.Span, err *error) {
	if *err != nil {
		span.SetStatus(codes.Error, (*err).Error())
	}
	span.End()
}

// Helper is silent: what ends the span gets the error as well.
func Helper(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Helper")
	defer finish(span, &err)
	if err := work(ctx); err != nil {
		return err
	}
	return nil
}

func report(ctx context.Context, err error) error {
	trace.SpanFromContext(ctx).SetStatus(codes.Error, err.Error())
	return err
}

// Reported is silent: the error goes to a function that has the context.
func Reported(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Reported")
	defer span.End()
	if err := work(ctx); err != nil {
		return report(ctx, err)
	}
	return nil
}

// Expected is silent: the end of the input is no failure.
func Expected(ctx context.Context, r io.Reader) error {
	_, span := tracer.Start(ctx, "Expected")
	defer span.End()
	if _, err := r.Read(nil); err == io.EOF {
		return err
	}
	return nil
}

// Declared is silent: what is missing is an answer.
func Declared(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Declared")
	defer span.End()
	if n, _ := load(ctx); n == 0 {
		return errMissing
	}
	return nil
}

// Kind is silent: the error was found to be of a kind.
func Kind(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Kind")
	defer span.End()
	err := work(ctx)
	var missing *io.PipeReader
	_ = missing
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("no such order: %w", err)
	}
	return nil
}

// Borrowed is silent: who started the span may set its status.
func Borrowed(ctx context.Context) error {
	span := trace.SpanFromContext(ctx)
	span.AddEvent("work")
	if err := work(ctx); err != nil {
		return err
	}
	return nil
}

// Wrapper is silent: its caller ends the span, and may set the status.
func Wrapper(ctx context.Context) (trace.Span, error) {
	ctx, span := tracer.Start(ctx, "Wrapper")
	if err := work(ctx); err != nil {
		return span, err
	}
	return span, nil
}

// Nothing is silent: no error is returned.
func Nothing(ctx context.Context) int {
	ctx, span := tracer.Start(ctx, "Nothing")
	defer span.End()
	n, err := load(ctx)
	if err != nil {
		return 0
	}
	return n
}
