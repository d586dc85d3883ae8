// Package correlated ends its spans under conditions that hold whenever the span
// is open. The paths that seem to leak cannot be taken.
package correlated

import (
	"context"
	"io"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("correlated")

func work(ctx context.Context) error { return ctx.Err() }

type config struct {
	traced bool
	tracer trace.Tracer
}

// Flag: started and ended under one parameter that nobody changes.
func Flag(ctx context.Context, traced bool) error {
	var span trace.Span
	if traced {
		ctx, span = tracer.Start(ctx, "flag")
	}
	err := work(ctx)
	if traced {
		span.End()
	}
	return err
}

// Field: the same with a field that is read twice.
func (c *config) Field(ctx context.Context) error {
	var span trace.Span
	if c.traced {
		ctx, span = tracer.Start(ctx, "field")
	}
	err := work(ctx)
	if c.traced {
		span.End()
	}
	return err
}

// TracerField: a nil tracer means no tracing.
func (c *config) TracerField(ctx context.Context) error {
	var span trace.Span
	if c.tracer != nil {
		ctx, span = c.tracer.Start(ctx, "tracer-field")
	}
	err := work(ctx)
	if c.tracer != nil {
		span.End()
	}
	return err
}

// Negated: the second condition is spelled the other way round.
func Negated(ctx context.Context, quiet bool) error {
	var span trace.Span
	if !quiet {
		ctx, span = tracer.Start(ctx, "negated")
	}
	err := work(ctx)
	if quiet {
		return err
	}
	span.End()
	return err
}

// Started: a local flag remembers the start.
func Started(ctx context.Context, names []string) error {
	var span trace.Span
	started := false
	if len(names) > 0 {
		ctx, span = tracer.Start(ctx, names[0])
		started = true
	}
	err := work(ctx)
	if started {
		span.End()
	}
	return err
}

// Length: two reads of the same length.
func Length(ctx context.Context, ids []string) {
	var span trace.Span
	if len(ids) > 0 {
		_, span = tracer.Start(ctx, "length")
	}
	for range ids {
		_ = work(ctx)
	}
	if len(ids) > 0 {
		span.End()
	}
}

// ErrorTwice tests one error twice.
func ErrorTwice(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "error-twice")
	err := work(ctx)
	if err != nil {
		span.RecordError(err)
		span.End()
	}
	if err != nil {
		return err
	}
	span.End()
	return nil
}

// ErrorOrNil tests for an error and for none.
func ErrorOrNil(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "error-or-nil")
	err := work(ctx)
	if err != nil {
		span.RecordError(err)
		span.End()
	}
	if err == nil {
		span.AddEvent("fine")
		span.End()
	}
	return err
}

// Failed: a flag carries the reason out of a loop.
func Failed(ctx context.Context, ids []string) error {
	ctx, span := tracer.Start(ctx, "failed")
	failed := false
	for range ids {
		if work(ctx) != nil {
			failed = true
			break
		}
	}
	if failed {
		span.End()
		return io.ErrUnexpectedEOF
	}
	span.End()
	return nil
}

// Pair: a comma-ok result guards both.
func Pair(ctx context.Context, names map[string]string) error {
	var span trace.Span
	name, ok := names["span"]
	if ok {
		ctx, span = tracer.Start(ctx, name)
	}
	err := work(ctx)
	if ok {
		span.End()
	}
	return err
}

// Switch: the same value is switched on before and after.
func Switch(ctx context.Context, mode int) error {
	var span trace.Span
	switch mode {
	case 1, 2:
		ctx, span = tracer.Start(ctx, "switch")
	}
	err := work(ctx)
	switch mode {
	case 1:
		span.AddEvent("one")
		span.End()
	case 2:
		span.End()
	}
	return err
}

// Bool: a switch over both values of a bool has no third way.
func Bool(ctx context.Context, ok bool) {
	_, span := tracer.Start(ctx, "bool")
	switch ok {
	case true:
		span.AddEvent("ok")
		span.End()
	case false:
		span.End()
	}
}

// Opposite: two ifs cover all.
func Opposite(ctx context.Context, n int) int {
	_, span := tracer.Start(ctx, "opposite")
	if n > 0 {
		span.End()
	}
	if n <= 0 {
		span.End()
	}
	return n
}

// Both: a conjunction guards the start and the end.
func Both(ctx context.Context, c *config) error {
	var span trace.Span
	if c != nil && c.traced {
		ctx, span = tracer.Start(ctx, "both")
	}
	err := work(ctx)
	if c != nil && c.traced {
		span.End()
	}
	return err
}

// Variable: the condition is computed once.
func Variable(ctx context.Context, n int, c *config) error {
	on := n > 3 || c.traced
	var span trace.Span
	if on {
		ctx, span = tracer.Start(ctx, "variable")
	}
	if err := work(ctx); err != nil {
		if on {
			span.RecordError(err)
			span.End()
		}
		return err
	}
	if on {
		span.End()
	}
	return nil
}

// Silent: one of the ways past the first part contradicts itself, and no run
// goes that way.
func contradiction(ctx context.Context, traced bool) {
	var span trace.Span
	if !traced {
		if !traced {
			return
		}
	}
	if traced {
		ctx, span = tracer.Start(ctx, "contradiction")
	}
	_ = ctx.Err()
	if traced {
		span.End()
	}
}
