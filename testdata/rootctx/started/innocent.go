package started

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

// Phases is silent: the first span is over when the second one starts, which is
// to have a trace of its own.
func (w *worker) Phases() error {
	ctx, span := tracer.Start(context.Background(), "first")
	err := w.db.PingContext(ctx)
	span.End()
	if err != nil {
		return err
	}
	ctx, span = tracer.Start(context.Background(), "second")
	defer span.End()
	return w.db.PingContext(ctx)
}

// Rounds is silent: each round has a trace of its own, in the same variables.
func (w *worker) Rounds() {
	var (
		ctx  context.Context
		span trace.Span
	)
	for range 3 {
		ctx, span = tracer.Start(context.Background(), "round")
		_ = w.db.PingContext(ctx)
		span.End()
	}
}

// Carried is silent: the variables are set before the loop, and again at its end.
func (w *worker) Carried() {
	ctx, span := tracer.Start(context.Background(), "round")
	for range 3 {
		_ = w.db.PingContext(ctx)
		span.End()
		ctx, span = tracer.Start(context.Background(), "round")
	}
	span.End()
}

// After is silent: the helper runs when the span is over.
func (w *worker) After() {
	ctx, span := tracer.Start(context.Background(), "After")
	_ = w.db.PingContext(ctx)
	span.End()
	w.report()
}

func (w *worker) report() {
	_, _ = w.db.ExecContext(context.Background(), "INSERT INTO reports DEFAULT VALUES")
}

// Linked is silent: the second trace is asked for.
func (w *worker) Linked() {
	ctx, span := tracer.Start(context.Background(), "Linked")
	defer span.End()
	next, other := tracer.Start(context.Background(), "batch", trace.WithLinks(trace.LinkFromContext(ctx)))
	defer other.End()
	_ = w.db.PingContext(next)
}

// Same is silent: it is the one root that the span is on.
func (w *worker) Same() {
	ctx := context.Background()
	ctx, span := tracer.Start(ctx, "Same")
	defer span.End()
	_ = w.db.PingContext(ctx)
}

// Cleanup is silent: what is deferred may run when the work has failed.
func (w *worker) Cleanup() error {
	ctx, span := tracer.Start(context.Background(), "Cleanup")
	defer span.End()
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer w.unlock()
	return tx.Commit()
}

func (w *worker) unlock() {
	_, _ = w.db.ExecContext(context.Background(), "SELECT unlock()")
}

// Maybe is silent: whether the context has a span is not known.
func (w *worker) Maybe(traced bool) error {
	ctx := context.Background()
	if traced {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "Maybe")
		defer span.End()
	}
	if err := w.db.PingContext(ctx); err != nil {
		return err
	}
	_, err := w.db.ExecContext(context.Background(), "SELECT 1")
	return err
}

// Spawned is silent here: goroutines are for another rule, and nobody says that
// what this one does belongs to the job.
func (w *worker) Spawned() {
	ctx, span := tracer.Start(context.Background(), "Spawned")
	defer span.End()
	_ = w.db.PingContext(ctx)
	go w.report()
}
