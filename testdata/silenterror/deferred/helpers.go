package deferred

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// finish ends a span, with the error if there is one.
func finish(span trace.Span, err error) {
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
}

// note says what became of the operation, and leaves the span open.
func note(span trace.Span, err error) {
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
}

// survive ends a span, whatever happens.
func survive(span trace.Span, err error) {
	if p := recover(); p != nil {
		span.SetStatus(codes.Error, "panic")
	}
	finish(span, err)
}

// An operation has a span of its own.
type operation struct{ span trace.Span }

func (o *operation) done(err error, took time.Duration) {
	o.span.AddEvent(took.String())
	finish(o.span, err)
}

func begin(ctx context.Context, name string) (context.Context, *operation) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, &operation{span}
}

// measure returns what ends the span.
func measure(ctx context.Context, name string) (context.Context, func(error)) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, func(err error) { finish(span, err) }
}

func Helper(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Helper")
	defer finish(span, err) // want `^err is evaluated when the defer statement runs, so finish never gets what it is set to on line 57$`
	err = work(ctx)
	return err
}

func Result(ctx context.Context) (n int, failure error) {
	ctx, span := tracer.Start(ctx, "Result")
	defer finish(span, failure) // want `^failure is evaluated when the defer statement runs, so finish never gets what the function returns$`
	return 1, work(ctx)
}

func Open(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Open")
	defer span.End()
	var err error
	defer note(span, err) // want `err is evaluated when the defer statement runs, so note never gets what it is set to on line 72`
	if err = work(ctx); err != nil {
		return err
	}
	return work(ctx)
}

// Method has no fix: round would be called later, too.
func Method(ctx context.Context) (err error) {
	start := time.Now()
	ctx, op := begin(ctx, "Method")
	defer op.done(err, round(start)) // want `err is evaluated when the defer statement runs, so op.done never gets what the function returns`
	return work(ctx)
}

// Value has no fix: what measure returns might recover from a panic.
func Value(ctx context.Context) (err error) {
	ctx, end := measure(ctx, "Value")
	defer end(err) // want `err is evaluated when the defer statement runs, so end never gets what the function returns`
	return work(ctx)
}

// Recovers has no fix: only a function that is deferred itself can recover.
func Recovers(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Recovers")
	defer survive(span, err) // want `so survive never gets what the function returns`
	return work(ctx)
}

// Replaced has no fix: the literal would find another span.
func Replaced(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Replaced")
	defer finish(span, err) // want `so finish never gets what it is set to on line 104`
	if err = work(ctx); err != nil {
		return err
	}
	ctx, span = tracer.Start(ctx, "second")
	defer span.End()
	return work(ctx)
}

// Literal has the same fault inside of a function literal.
func Literal(ctx context.Context) func() error {
	return func() (err error) {
		ctx, span := tracer.Start(ctx, "Literal")
		defer finish(span, err) // want `so finish never gets what the function returns`
		return work(ctx)
	}
}

// Known is silent: the helper gets the error that there is.
func Known(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Known")
	if err = work(ctx); err != nil {
		defer finish(span, err)
		return err
	}
	defer span.End()
	err = work(ctx)
	return err
}

// Late is silent: the literal reads the error when it runs.
func Late(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Late")
	defer func() { finish(span, err) }()
	err = work(ctx)
	return err
}

// Never is silent: the error is nil when the function returns, too.
func Never(ctx context.Context) int {
	var err error
	_, span := tracer.Start(ctx, "Never")
	defer finish(span, err)
	return 1
}

// Loop is silent: from the second time on there is an error of the first.
func Loop(ctx context.Context, n int) (err error) {
	for range n {
		func() {
			lctx, span := tracer.Start(ctx, "Loop")
			defer finish(span, err)
			if work(lctx) == nil {
				return
			}
		}()
		err = work(ctx)
	}
	return err
}

// Pointer is silent: the helper reads it when it runs.
func Pointer(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Pointer")
	defer func(err *error) { finish(span, *err) }(&err)
	err = work(ctx)
	return err
}

// Given is silent: the caller's error is what is meant.
func Given(ctx context.Context, err error) error {
	ctx, span := tracer.Start(ctx, "Given")
	defer finish(span, err)
	err = work(ctx)
	return err
}

// Again is silent: goto leads back to before the defer statement.
func Again(ctx context.Context) (err error) {
	tries := 0
again:
	if tries++; tries > 2 {
		return err
	}
	{
		ctx, span := tracer.Start(ctx, "Again")
		defer finish(span, err)
		if err = work(ctx); err != nil {
			goto again
		}
	}
	return nil
}

// Other is silent: the deferred function has nothing to do with the span.
func Other(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Other")
	defer span.End()
	defer ignore(err)
	return work(ctx)
}

func ignore(error) {}

func round(t time.Time) time.Duration { return time.Since(t).Round(time.Second) }

// Fine is silent: the function never fails.
func Fine(ctx context.Context) (err error) {
	_, span := tracer.Start(ctx, "Fine")
	defer finish(span, err)
	return nil
}
