package paths

import (
	"context"
	"fmt"
	"time"
)

// SwitchCase forgets End in one case.
func SwitchCase(ctx context.Context, kind string) error {
	ctx, span := tracer.Start(ctx, "switch-case") // want `span is not ended on the path that returns on line 18,`
	switch kind {
	case "a":
		err := work(ctx)
		span.End()
		return err
	case "b":
		return work(ctx)
	default:
		span.End()
		return nil
	}
}

// SwitchNoDefault ends the span in every case, but a kind may match none.
func SwitchNoDefault(ctx context.Context, kind string) error {
	ctx, span := tracer.Start(ctx, "switch-no-default") // want `span is not ended on the path that returns on line 36,`
	switch kind {
	case "a":
		span.End()
		return work(ctx)
	case "b":
		span.End()
		return nil
	}
	return fmt.Errorf("unknown kind %q", kind)
}

// SwitchBreak leaves a case with break, past its End.
func SwitchBreak(ctx context.Context, n int) error {
	ctx, span := tracer.Start(ctx, "switch-break") // want `span is not ended on the path that returns on line 51,`
	switch {
	case n > 10:
		if err := work(ctx); err != nil {
			break
		}
		span.End()
	default:
		span.End()
	}
	return nil
}

// Fallthrough reaches a case that does not end the span.
func Fallthrough(ctx context.Context, n int) error {
	ctx, span := tracer.Start(ctx, "fallthrough") // want `span is not ended on the path that returns on line 62,`
	switch n {
	case 0:
		span.AddEvent("zero")
		fallthrough
	case 1:
		return work(ctx)
	default:
		span.End()
	}
	return nil
}

// TypeSwitch forgets End for one type.
func TypeSwitch(ctx context.Context, v any) (string, error) {
	_, span := tracer.Start(ctx, "type-switch") // want `span is not ended on the path that returns on line 77,`
	switch v := v.(type) {
	case string:
		span.End()
		return v, nil
	case fmt.Stringer:
		return v.String(), nil
	default:
		span.End()
		return "", errEmpty
	}
}

// Select forgets End when the context is done.
func Select(ctx context.Context, in <-chan string) (string, error) {
	ctx, span := tracer.Start(ctx, "select") // want `span is not ended on the path that returns on line 92,`
	select {
	case v := <-in:
		span.End()
		return v, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// SelectTimeout forgets End in the timer's case and returns after the select.
func SelectTimeout(ctx context.Context, in <-chan string) error {
	_, span := tracer.Start(ctx, "select-timeout") // want `span is not ended on the path that returns on line 105,`
	select {
	case <-in:
		span.End()
	case <-time.After(time.Second):
		span.AddEvent("timeout")
	}
	return nil
}

// StartInCase starts in a case and leaves it through a guard.
func StartInCase(ctx context.Context, kind, id string) error {
	switch kind {
	case "traced":
		ctx, span := tracer.Start(ctx, "start-in-case") // want `span is not ended on the path that returns on line 114,`
		if id == "" {
			return errEmpty
		}
		err := work(ctx)
		span.End()
		return err
	}
	return work(ctx)
}

// StartInComm starts in a select's case.
func StartInComm(ctx context.Context, in <-chan string) error {
	select {
	case id := <-in:
		ctx, span := tracer.Start(ctx, "start-in-comm") // want `span is not ended on the path that returns on line 129,`
		if _, err := load(ctx, id); err != nil {
			return err
		}
		span.End()
	case <-ctx.Done():
	}
	return nil
}
