package fixes

import (
	"context"
)

// Start in the init statement of an if: there is no place for a defer before the
// condition.
func ifInit(ctx context.Context) error {
	if ctx, span := tracer.Start(ctx, "if-init"); span.IsRecording() { // want `span is never ended, so it is never exported`
		span.AddEvent("recording")
		return work(ctx)
	}
	return nil
}

// Start in the init statement of an else-if.
func elseIfInit(ctx context.Context, n int) error {
	if n > 0 {
		return errEmpty
	} else if _, span := tracer.Start(ctx, "else-if-init"); n < 0 { // want `span is not ended on the path that returns on line 25,`
		span.End()
		return errEmpty
	}
	return nil
}

// Start in the init statement of a switch.
func switchInit(ctx context.Context, n int) error {
	switch ctx, span := tracer.Start(ctx, "switch-init"); n { // want `span is not ended on the path that returns on line 36,`
	case 0:
		err := work(ctx)
		span.End()
		return err
	default:
		return errEmpty
	}
}

// Start in the init statement of a type switch.
func typeSwitchInit(ctx context.Context, v any) string {
	switch _, span := tracer.Start(ctx, "type-switch-init"); v := v.(type) { // want `span is never ended, so it is never exported`
	case string:
		span.AddEvent(v)
		return v
	default:
		span.AddEvent("other")
		return ""
	}
}

// Start in the init statement of a for.
func forInit(ctx context.Context) (n int) {
	for ctx, span := tracer.Start(ctx, "for-init"); n < 3; n++ { // want `span is never ended, so it is never exported`
		span.AddEvent("turn")
		_ = work(ctx)
	}
	return n
}

// Start as the post statement of a for.
func forPost(ctx context.Context) (n int) {
	for ; n < 3; _, _ = tracer.Start(ctx, "for-post") { // want `the span that tracer.Start returns is discarded`
		n++
	}
	return n
}

// Start in case clauses, which are no blocks with braces.
func caseClauses(ctx context.Context, n int) error {
	switch n {
	case 0:
		ctx, _ = tracer.Start(ctx, "case-0") // want `the span that tracer.Start returns is discarded`
	case 1:
		sctx, span := tracer.Start(ctx, "case-1") // want `span is not ended on the path that returns on line 77,`
		if err := work(sctx); err != nil {
			return err
		}
		span.End()
	default:
		sctx, span := tracer.Start(ctx, "case-default") // want `span is never ended, so it is never exported`
		span.AddEvent("default")
		return work(sctx)
	}
	return work(ctx)
}

// Start in a select's clause.
func commClause(ctx context.Context, in <-chan int) error {
	select {
	case <-in:
		ctx, _ = tracer.Start(ctx, "comm-clause") // want `the span that tracer.Start returns is discarded`
	case <-ctx.Done():
	}
	return work(ctx)
}

// Start is itself a labelled statement.
func labelled(ctx context.Context) error {
	n := 0
again:
	_, _ = tracer.Start(ctx, "labelled") // want `the span that tracer.Start returns is discarded`
	if n++; n < 3 {
		goto again
	}
	return work(ctx)
}

// Start in a bare block.
func bareBlock(ctx context.Context) error {
	{
		ctx, span := tracer.Start(ctx, "bare-block") // want `span is never ended, so it is never exported`
		span.AddEvent("in the block")
		_ = work(ctx)
	}
	return work(ctx)
}

// Start in a loop body: a defer would keep all spans open.
func loopBody(ctx context.Context, ids []string) (n int) {
	for _, id := range ids {
		ctx, span := tracer.Start(ctx, id) // want `span is not ended on the path that starts the next iteration on line 124,`
		if id == "" {
			continue
		}
		if work(ctx) == nil {
			n++
		}
		span.End()
	}
	return n
}

// Two exits of one iteration; both need an End.
func loopTwoExits(ctx context.Context, ids []string) error {
	for _, id := range ids {
		ctx, span := tracer.Start(ctx, id) // want `span is not ended on the path that starts the next iteration on line 139,`
		if id == "" {
			continue
		}
		if err := work(ctx); err != nil {
			return err
		}
		span.End()
	}
	return nil
}

// The whole body is an if.
func loopEnd(ctx context.Context, ids []string) {
	for range ids {
		_, span := tracer.Start(ctx, "loop-end") // want `span is not ended on the path that starts the next iteration on line 156,`
		if work(ctx) == nil {
			span.End()
		}
	}
}

// Discarded in a loop body, in a literal that the loop calls: the defer is fine there.
func loopLiteral(ctx context.Context, ids []string) {
	for _, id := range ids {
		func() {
			ctx, _ := tracer.Start(ctx, id) // want `the span that tracer.Start returns is discarded`
			_ = work(ctx)
		}()
	}
}

// In a var declaration, with other names.
func varGroup(ctx context.Context, ids []string) error {
	var (
		n          = len(ids)
		sctx, span = tracer.Start(ctx, "var-group") // want `span is not ended on the path that returns on line 176,`
	)
	if n > 1 {
		return work(sctx)
	}
	span.End()
	return nil
}

// In a literal in a return statement.
func returned(ctx context.Context) func() error {
	return func() error {
		ctx, span := tracer.Start(ctx, "returned") // want `span is not ended on the path that returns on line 187,`
		if err := work(ctx); err != nil {
			return err
		}
		span.End()
		return nil
	}
}

// Parentheses around the call.
func parens(ctx context.Context) error {
	ctx, span := (tracer.Start(ctx, "parens")) // want `span is never ended, so it is never exported`
	span.AddEvent("begin")
	return work(ctx)
}

// A deferred closure that was registered before Start sees the open span's error.
func deferBefore(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			err = errors2(err)
		}
	}()
	ctx, span := tracer.Start(ctx, "defer-before") // want `span is not ended on the path that returns on line 210,`
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

func errors2(err error) error { return err }

// Two starts in one function, each with a fix of its own.
func two(ctx context.Context) error {
	ctx, a := tracer.Start(ctx, "a") // want `a is never ended, so it is never exported`
	a.AddEvent("begin")
	ctx, b := tracer.Start(ctx, "b") // want `b is never ended, so it is never exported`
	b.AddEvent("begin")
	ctx, _ = tracer.Start(ctx, "c") // want `the span that tracer.Start returns is discarded`
	return work(ctx)
}

// A generic function.
func generic[T any](ctx context.Context, fn func(context.Context) (T, error)) (T, error) {
	ctx, span := tracer.Start(ctx, "generic") // want `span is not ended on the path that returns on line 233,`
	v, err := fn(ctx)
	if err != nil {
		return v, err
	}
	span.End()
	return v, nil
}

// instances instantiates it twice: there is still one finding.
func instances(ctx context.Context) {
	_, _ = generic(ctx, func(context.Context) (int, error) { return 0, nil })
	_, _ = generic(ctx, func(context.Context) (string, error) { return "", nil })
}

// A generic method.
func (b box[T]) method(ctx context.Context) (T, error) {
	ctx, span := tracer.Start(ctx, "box.method") // want `span is not ended on the path that returns on line 249,`
	if err := work(ctx); err != nil {
		return b.v, err
	}
	span.End()
	return b.v, nil
}

type box[T any] struct{ v T }
