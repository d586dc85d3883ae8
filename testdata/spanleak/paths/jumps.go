package paths

import (
	"context"
	"fmt"
)

// GotoPastEnd jumps over the End.
func GotoPastEnd(ctx context.Context, id string) (err error) {
	ctx, span := tracer.Start(ctx, "goto-past-end") // want `span is not ended on the path that returns on line 16,`
	if _, err = load(ctx, id); err != nil {
		goto out
	}
	span.End()
out:
	return err
}

// GotoFail has a common error exit that forgets the span.
func GotoFail(ctx context.Context, id string) error {
	var err error
	ctx, span := tracer.Start(ctx, "goto-fail") // want `span is not ended on the path that returns on line 33,`
	if _, err = load(ctx, id); err != nil {
		goto fail
	}
	if err = work(ctx); err != nil {
		goto fail
	}
	span.End()
	return nil
fail:
	span.RecordError(err)
	return fmt.Errorf("goto fail: %w", err)
}

// LabelledBlock breaks out of a labelled block, past the End.
func LabelledBlock(ctx context.Context, id string) error {
	ctx, span := tracer.Start(ctx, "labelled-block") // want `span is not ended on the path that returns on line 49,`
block:
	switch {
	default:
		for range 3 {
			if _, err := load(ctx, id); err != nil {
				break block
			}
		}
		span.End()
	}
	return nil
}

// RecoveredPanic panics while the span is open and recovers: the program goes
// on and the span is lost.
func RecoveredPanic(ctx context.Context, n int) (err error) {
	_, span := tracer.Start(ctx, "recovered-panic") // want `span is not ended on the path that panics on line 62, so it is never exported`
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	if n < 0 {
		panic("negative")
	}
	span.AddEvent("checked")
	span.End()
	return nil
}

// RecoveredPanicInClosure is the same in a function literal that guards itself.
func RecoveredPanicInClosure(ctx context.Context, n int) int {
	calls := 0
	func() {
		defer func() { _ = recover() }()
		_, span := tracer.Start(ctx, "recovered-panic-in-closure") // want `span is not ended on the path that panics on line 76,`
		if n == 0 {
			panic(errEmpty)
		}
		calls++
		span.End()
	}()
	return calls
}

// init leaks as any function does.
func init() {
	ctx, span := tracer.Start(context.Background(), "init") // want `span is not ended on the path that returns on line 88,`
	if work(ctx) != nil {
		return
	}
	span.End()
}
