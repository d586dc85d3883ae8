package loops

import (
	"context"
	"iter"
	"time"

	"go.opentelemetry.io/otel/trace"
)

// WorkerContinue skips a message without ending its span: the classic of worker loops.
func WorkerContinue(ctx context.Context, in <-chan message) {
	for m := range in {
		mctx, span := tracer.Start(ctx, "worker-continue") // want `^span is not ended on the path that starts the next iteration on line 17, so it is never exported$`
		if len(m.body) == 0 {
			span.AddEvent("empty")
			continue
		}
		_ = handle(mctx, m)
		span.End()
	}
}

// EndOfBody reaches the end of the body in one branch.
func EndOfBody(ctx context.Context, ms []message) {
	for _, m := range ms {
		mctx, span := tracer.Start(ctx, "end-of-body") // want `span is not ended on the path that starts the next iteration on line 31,`
		if err := handle(mctx, m); err == nil {
			span.End()
		}
	}
}

// NeverInLoop ends no iteration's span.
func NeverInLoop(ctx context.Context, ms []message) {
	for _, m := range ms {
		mctx, span := tracer.Start(ctx, "never-in-loop") // want `span is never ended, so it is never exported`
		span.AddEvent(m.id)
		_ = handle(mctx, m)
	}
}

// Retry ends the span of the attempt that succeeds, and no other.
func Retry(ctx context.Context, m message) error {
	for attempt := 0; ; attempt++ {
		actx, span := tracer.Start(ctx, "retry") // want `span is not ended on the path that starts the next iteration on line 58,`
		err := handle(actx, m)
		if err == nil {
			span.End()
			return nil
		}
		if attempt == 3 {
			span.RecordError(err)
			span.End()
			return err
		}
		time.Sleep(time.Duration(attempt) * time.Millisecond)
	}
}

// RetryLast ends every attempt's span but that of the last one.
func RetryLast(ctx context.Context, m message) error {
	for attempt := range 4 {
		actx, span := tracer.Start(ctx, "retry-last") // want `span is not ended on the path that returns on line 67,`
		err := handle(actx, m)
		if attempt == 3 {
			return err
		}
		span.End()
	}
	return nil
}

// ReturnInLoop leaves the function from the body.
func ReturnInLoop(ctx context.Context, ms []message) error {
	for _, m := range ms {
		mctx, span := tracer.Start(ctx, "return-in-loop") // want `span is not ended on the path that returns on line 79,`
		if err := handle(mctx, m); err != nil {
			return err
		}
		span.End()
	}
	return nil
}

// BreakInLoop leaves the loop past the End; the way out is the return after it.
func BreakInLoop(ctx context.Context, ms []message) int {
	n := 0
	for _, m := range ms {
		mctx, span := tracer.Start(ctx, "break-in-loop") // want `span is not ended on the path that returns on line 97,`
		if err := handle(mctx, m); err != nil {
			break
		}
		n++
		span.End()
	}
	return n
}

// ContinueOuter jumps to the outer loop from the inner one.
func ContinueOuter(ctx context.Context, batches [][]message) {
outer:
	for _, batch := range batches {
		bctx, span := tracer.Start(ctx, "continue-outer") // want `span is not ended on the path that starts the next iteration on line 107,`
		for _, m := range batch {
			if err := handle(bctx, m); err != nil {
				continue outer
			}
		}
		span.End()
	}
}

// BreakOuter leaves both loops with the batch's span open.
func BreakOuter(ctx context.Context, batches [][]message) {
outer:
	for _, batch := range batches {
		bctx, span := tracer.Start(ctx, "break-outer") // want `span is not ended on the path that reaches the end of the function on line 126,`
		for _, m := range batch {
			if err := handle(bctx, m); err != nil {
				break outer
			}
		}
		span.End()
	}
}

// InnerLoop leaks the inner loop's span; the outer one is deferred in a closure.
func InnerLoop(ctx context.Context, batches [][]message) {
	for _, batch := range batches {
		func() {
			bctx, outer := tracer.Start(ctx, "inner-loop-batch")
			defer outer.End()
			for _, m := range batch {
				mctx, inner := tracer.Start(bctx, "inner-loop-message") // want `inner is not ended on the path that starts the next iteration on line 137,`
				if m.id == "" {
					continue
				}
				_ = handle(mctx, m)
				inner.End()
			}
		}()
	}
}

// GotoLoop loops by hand: the jump back leaves the old span behind.
func GotoLoop(ctx context.Context, m message) error {
	n := 0
again:
	mctx, span := tracer.Start(ctx, "goto-loop") // want `span is (not ended on the path that|replaced on line)`
	if err := handle(mctx, m); err != nil && n < 3 {
		n++
		goto again
	}
	span.End()
	return nil
}

// SelectLoop is the worker loop with a select.
func SelectLoop(ctx context.Context, in <-chan message) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m, ok := <-in:
			if !ok {
				return nil
			}
			mctx, span := tracer.Start(ctx, "select-loop") // want `span is not ended on the path that starts the next iteration on line 172,`
			if err := handle(mctx, m); err != nil {
				span.RecordError(err)
				continue
			}
			span.End()
		}
	}
}

// SelectLoopBreak leaves the select, not the loop, past the End.
func SelectLoopBreak(ctx context.Context, in <-chan message) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m := <-in:
			mctx, span := tracer.Start(ctx, "select-loop-break") // want `span is not ended on the path that starts the next iteration on line 192,`
			if err := handle(mctx, m); err != nil {
				break
			}
			span.End()
		}
	}
}

// RangeFunc ranges over a function, whose body is a closure to the compiler.
func RangeFunc(ctx context.Context, seq iter.Seq[message]) {
	for m := range seq {
		mctx, span := tracer.Start(ctx, "range-func") // want `span is not ended on the path that starts the next iteration on line 200,`
		if m.id == "" {
			continue
		}
		_ = handle(mctx, m)
		span.End()
	}
}

// RangeFuncReturn returns out of such a body.
func RangeFuncReturn(ctx context.Context, seq iter.Seq2[message, error]) error {
	for m, err := range seq {
		mctx, span := tracer.Start(ctx, "range-func-return") // want `span is not ended on the path that returns on line 212,`
		if err != nil {
			return err
		}
		_ = handle(mctx, m)
		span.End()
	}
	return nil
}

// OuterVariable keeps one variable for all iterations: each turn overwrites the
// open span of the turn before.
func OuterVariable(ctx context.Context, ms []message) {
	var span trace.Span
	for _, m := range ms {
		_, span = tracer.Start(ctx, "outer-variable") // want `span is (replaced on line 225 before it is ended, so the first span is never exported|not ended on the path that starts the next iteration on line 227)`
		span.AddEvent(m.id)
	}
	if span != nil {
		span.End()
	}
}

// OuterVariableContinue ends at the end of the body, but not on continue.
func OuterVariableContinue(ctx context.Context, ms []message) {
	var span trace.Span
	for _, m := range ms {
		_, span = tracer.Start(ctx, "outer-variable-continue") // want `span is (replaced on line 237 before it is ended, so the first span is never exported|not ended on the path that starts the next iteration on line 239)`
		if m.id == "" {
			continue
		}
		span.End()
	}
}

// BeforeLoop starts the span before the loop and returns from inside it.
func BeforeLoop(ctx context.Context, ms []message) error {
	ctx, span := tracer.Start(ctx, "before-loop") // want `span is not ended on the path that returns on line 250,`
	for _, m := range ms {
		if err := handle(ctx, m); err != nil {
			return errBad
		}
	}
	span.End()
	return nil
}

// Iterator starts a span for each element that it yields, and forgets the
// consumer that stops early.
func Iterator(ctx context.Context, ms []message) iter.Seq[message] {
	return func(yield func(message) bool) {
		for _, m := range ms {
			_, span := tracer.Start(ctx, "iterator") // want `span is not ended on the path that returns on line 264,`
			if !yield(m) {
				return
			}
			span.End()
		}
	}
}

// WholeIterator has one span for the whole iteration.
func WholeIterator(ctx context.Context, ms []message) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		ctx, span := tracer.Start(ctx, "whole-iterator") // want `span is not ended on the path that returns on line 277,`
		for _, m := range ms {
			if !yield(m.id, handle(ctx, m)) {
				return
			}
		}
		span.End()
	}
}
