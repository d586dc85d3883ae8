// Package loops ends the span of every iteration, by whatever way it is left.
package loops

import (
	"context"
	"errors"
	"iter"
	"time"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("loops")

func work(ctx context.Context) error { return ctx.Err() }

// EveryExit ends the span before continue, break, return and the end of the body.
func EveryExit(ctx context.Context, ids []string) error {
	for _, id := range ids {
		ictx, span := tracer.Start(ctx, "every-exit")
		if id == "" {
			span.End()
			continue
		}
		if id == "stop" {
			span.End()
			break
		}
		if err := work(ictx); err != nil {
			span.End()
			return err
		}
		span.End()
	}
	return nil
}

// Literal defers in a literal that the loop calls.
func Literal(ctx context.Context, ids []string) {
	for _, id := range ids {
		func() {
			ctx, span := tracer.Start(ctx, id)
			defer span.End()
			if id == "" {
				return
			}
			_ = work(ctx)
		}()
	}
}

// DeferInLoop keeps all spans open until the function returns: a fault, but of
// another rule; no span is lost.
func DeferInLoop(ctx context.Context, ids []string) {
	for _, id := range ids {
		ictx, span := tracer.Start(ctx, id)
		defer span.End()
		_ = work(ictx)
	}
}

// Retry ends the span of each attempt before the next one.
func Retry(ctx context.Context) (err error) {
	for attempt := range 3 {
		actx, span := tracer.Start(ctx, "retry")
		err = work(actx)
		span.End()
		if err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt))
	}
	return err
}

// RetryArms ends it in each arm.
func RetryArms(ctx context.Context) error {
	for attempt := 0; ; attempt++ {
		actx, span := tracer.Start(ctx, "retry-arms")
		err := work(actx)
		switch {
		case err == nil:
			span.End()
			return nil
		case attempt > 3 || errors.Is(err, context.Canceled):
			span.RecordError(err)
			span.End()
			return err
		}
		span.AddEvent("again")
		span.End()
	}
}

// Forever starts one span an iteration and never returns.
func Forever(ctx context.Context, in <-chan string) {
	for {
		_, span := tracer.Start(ctx, "forever")
		select {
		case <-in:
			span.AddEvent("in")
		case <-time.After(time.Second):
		}
		span.End()
	}
}

// BeforeForever has a span for the life of a loop that never ends: it is never
// left, and thus on no path lost by a mistake that could be repaired here.
func BeforeForever(ctx context.Context, in <-chan string) {
	ctx, span := tracer.Start(ctx, "before-forever")
	span.AddEvent("begin")
	for {
		<-in
		_ = work(ctx)
	}
}

// DeferForever defers for a loop that is left through its returns.
func DeferForever(ctx context.Context, in <-chan string) error {
	ctx, span := tracer.Start(ctx, "defer-forever")
	defer span.End()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case _, ok := <-in:
			if !ok {
				return nil
			}
		}
	}
}

// Labels ends the outer span before each jump.
func Labels(ctx context.Context, batches [][]string) {
outer:
	for _, batch := range batches {
		bctx, span := tracer.Start(ctx, "labels")
		for _, id := range batch {
			if id == "skip" {
				span.End()
				continue outer
			}
			if work(bctx) != nil {
				span.End()
				break outer
			}
		}
		span.End()
	}
}

// AfterBreak ends the span after the loop that is broken out of.
func AfterBreak(ctx context.Context, ids []string) {
	ctx, span := tracer.Start(ctx, "after-break")
	for _, id := range ids {
		if id == "" {
			break
		}
		_ = work(ctx)
	}
	span.End()
}

// Goto jumps to a common exit that ends the span.
func Goto(ctx context.Context) error {
	var err error
	ctx, span := tracer.Start(ctx, "goto")
	if err = work(ctx); err != nil {
		goto done
	}
	err = work(ctx)
done:
	span.End()
	return err
}

// GotoAgain ends the span before it jumps back.
func GotoAgain(ctx context.Context) error {
	n := 0
again:
	sctx, span := tracer.Start(ctx, "goto-again")
	err := work(sctx)
	span.End()
	if n++; err != nil && n < 3 {
		goto again
	}
	return err
}

// Range ranges over a function; each body ends its span.
func Range(ctx context.Context, seq iter.Seq[string]) error {
	for id := range seq {
		ictx, span := tracer.Start(ctx, id)
		if id == "" {
			span.End()
			continue
		}
		err := work(ictx)
		span.End()
		if err != nil {
			return err
		}
	}
	return nil
}

// RangeOuter has a span around such a loop, ended on each way out.
func RangeOuter(ctx context.Context, seq iter.Seq[string]) error {
	ctx, span := tracer.Start(ctx, "range-outer")
	for id := range seq {
		if id == "" {
			span.End()
			return work(ctx)
		}
	}
	span.End()
	return nil
}

// RangeDefer defers around one.
func RangeDefer(ctx context.Context, seq iter.Seq2[int, error]) (n int, err error) {
	ctx, span := tracer.Start(ctx, "range-defer")
	defer func() { span.End() }()
	for i, err := range seq {
		if err != nil {
			return n, err
		}
		n += i
	}
	return n, work(ctx)
}
