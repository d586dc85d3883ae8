package callers

import (
	"context"

	"github.com/tracevet/tracevet/testdata/spanleak/wrappers/telemetry"
)

// Logger forgets Finish altogether.
func Logger(ctx context.Context) error {
	log, ctx := telemetry.NewLogger(ctx, "logger") // want `^log is never ended, so it is never exported$`
	log.Info("begin")
	return log.Error(work(ctx))
}

// LoggerPath forgets it on one path.
func LoggerPath(ctx context.Context, id string) error {
	log, ctx := telemetry.NewLogger(ctx, "logger-path") // want `log is not ended on the path that returns on line 20,`
	if id == "" {
		return log.Error(errEmpty)
	}
	err := work(ctx)
	log.Finish()
	return err
}

// LoggerRight finishes.
func LoggerRight(ctx context.Context) error {
	log, ctx := telemetry.NewLogger(ctx, "logger-right")
	defer log.Finish()
	return log.Error(work(ctx))
}

// LoggerBorrowed is lent a logger of the same type: not finishing it is right.
func LoggerBorrowed(ctx context.Context) error {
	log := telemetry.FromContext(ctx)
	log.Info("borrowed")
	return log.Error(work(ctx))
}

// ErrSpan forgets End(&err), which has a signature of its own.
func ErrSpan(ctx context.Context) (err error) {
	ctx, span := telemetry.NewErrSpan(ctx, "err-span") // want `span is not ended on the path that returns on line 45,`
	if err = work(ctx); err != nil {
		return err
	}
	span.End(&err)
	return nil
}

// ErrSpanRight defers it.
func ErrSpanRight(ctx context.Context) (err error) {
	ctx, span := telemetry.NewErrSpan(ctx, "err-span-right")
	defer span.End(&err)
	return work(ctx)
}

// OwnContext starts through a context type of the project's own.
func OwnContext(c *telemetry.Ctx) error {
	span := c.Trace("own-context") // want `span is not ended on the path that returns on line 62,`
	if err := work(c); err != nil {
		return err
	}
	span.End()
	return nil
}

// OwnContextDiscarded discards what it returns, but the span is in c as well, and
// c belongs to the caller, who may end it there. Unsure, therefore silent.
func OwnContextDiscarded(c *telemetry.Ctx) error {
	c.Trace("own-context-discarded")
	return work(c)
}

// OwnContextRight is the idiom for it.
func OwnContextRight(c *telemetry.Ctx) error {
	defer c.Trace("own-context-right").End()
	return work(c)
}

// OneOfTwo leaks the implementation that has a span.
func OneOfTwo(ctx context.Context) error {
	ctx, sp := telemetry.OpenMaybe(ctx, "one-of-two") // want `sp is not ended on the path that returns on line 85,`
	if err := work(ctx); err != nil {
		return err
	}
	sp.Finish(nil)
	return nil
}

// OneOfTwoRight finishes whichever it is.
func OneOfTwoRight(ctx context.Context) (err error) {
	ctx, sp := telemetry.OpenMaybe(ctx, "one-of-two-right")
	defer func() { sp.Finish(err) }()
	return work(ctx)
}
