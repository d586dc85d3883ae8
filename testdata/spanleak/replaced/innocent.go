package replaced

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

// EndedBefore ends each phase before the next one starts.
func EndedBefore(ctx context.Context) error {
	_, span := tracer.Start(ctx, "phase-1")
	err := work(ctx)
	span.End()
	if err != nil {
		return err
	}
	_, span = tracer.Start(ctx, "phase-2")
	err = work(ctx)
	span.End()
	return err
}

// DeferTwice defers the End of each value: the receiver is evaluated at the
// defer statement, so both are ended.
func DeferTwice(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "first")
	defer span.End()
	ctx, span = tracer.Start(ctx, "second")
	defer span.End()
	return work(ctx)
}

// Saved keeps the first span under another name.
func Saved(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "first")
	first := span
	ctx, span = tracer.Start(ctx, "second")
	err := work(ctx)
	span.End()
	first.End()
	return err
}

// Stack pushes the open spans on a slice and ends them from there.
func Stack(ctx context.Context, names []string) error {
	var spans []trace.Span
	var span trace.Span
	for _, name := range names {
		ctx, span = tracer.Start(ctx, name)
		spans = append(spans, span)
	}
	err := work(ctx)
	for i := len(spans) - 1; i >= 0; i-- {
		spans[i].End()
	}
	return err
}

// SameFromContext takes the same span out of the context that Start returned.
func SameFromContext(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "same-from-context")
	span = trace.SpanFromContext(ctx)
	defer span.End()
	return work(ctx)
}

// Swap exchanges two spans; both are ended.
func Swap(ctx context.Context, swap bool) {
	_, a := tracer.Start(ctx, "a")
	_, b := tracer.Start(ctx, "b")
	if swap {
		a, b = b, a
	}
	b.End()
	a.End()
}

// BorrowedFirst replaces a borrowed span by its own: nothing is lost.
func BorrowedFirst(ctx context.Context) error {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		ctx, span = tracer.Start(ctx, "borrowed-first")
		defer span.End()
	}
	span.AddEvent("either")
	return work(ctx)
}

// ClosureThenNew ends the first through a closure that has its own copy.
func ClosureThenNew(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "first")
	defer func(s trace.Span) { s.End() }(span)
	ctx, span = tracer.Start(ctx, "second")
	defer func() { span.End() }()
	return work(ctx)
}

// ClosureBetween ends the captured variable's span before it is replaced.
func ClosureBetween(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "first")
	end := func() { span.End() }
	_ = work(ctx)
	end()
	ctx, span = tracer.Start(ctx, "second")
	defer end()
	return work(ctx)
}

// NilAfterEnd resets the variable once the span is ended.
func NilAfterEnd(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "nil-after-end")
	err := work(ctx)
	if err != nil {
		span.End()
		span = nil
	}
	if span != nil {
		span.End()
	}
	return err
}
