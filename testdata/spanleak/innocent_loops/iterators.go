package loops

import (
	"context"
	"errors"
	"io"
	"iter"

	"go.opentelemetry.io/otel/trace"
)

// Seq is an iterator that owns its span: a defer in the body ends it.
func Seq(ctx context.Context, ids []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		ctx, span := tracer.Start(ctx, "seq")
		defer span.End()
		for _, id := range ids {
			if !yield(id, work(ctx)) {
				return
			}
		}
	}
}

// SeqOutside starts the span when the iterator is made and ends it when it is
// used: the returned function is the owner.
func SeqOutside(ctx context.Context, ids []string) iter.Seq[string] {
	_, span := tracer.Start(ctx, "seq-outside")
	return func(yield func(string) bool) {
		defer span.End()
		for _, id := range ids {
			if !yield(id) {
				return
			}
		}
	}
}

// SeqByHand ends the span of each element on both ways out.
func SeqByHand(ctx context.Context, ids []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, id := range ids {
			_, span := tracer.Start(ctx, id)
			more := yield(id)
			span.End()
			if !more {
				return
			}
		}
	}
}

// Rows is an iterator object that ends its span at the end of the data or in Close.
type Rows struct {
	span trace.Span
	left int
}

// OpenRows hands the span to the rows.
func OpenRows(ctx context.Context, n int) (*Rows, error) {
	ctx, span := tracer.Start(ctx, "rows")
	if err := work(ctx); err != nil {
		span.End()
		return nil, err
	}
	r := &Rows{left: n}
	r.span = span
	return r, nil
}

// Next ends the span after the last row.
func (r *Rows) Next() error {
	if r.left--; r.left < 0 {
		r.span.End()
		return io.EOF
	}
	return nil
}

// Close ends it early.
func (r *Rows) Close() error {
	r.span.End()
	return nil
}

// All ends each of many spans kept in a slice.
func All(ctx context.Context, ids []string) {
	spans := make([]trace.Span, 0, len(ids))
	for _, id := range ids {
		_, span := tracer.Start(ctx, id)
		spans = append(spans, span)
	}
	for _, span := range spans {
		span.End()
	}
}

// Index assigns to the slice's elements.
func Index(ctx context.Context, ids []string) {
	spans := make([]trace.Span, len(ids))
	defer func() {
		for _, span := range spans {
			span.End()
		}
	}()
	for i, id := range ids {
		_, spans[i] = tracer.Start(ctx, id)
	}
}

// Array has a fixed number of them.
func Array(ctx context.Context) error {
	var spans [2]trace.Span
	ctx, spans[0] = tracer.Start(ctx, "zero")
	ctx, spans[1] = tracer.Start(ctx, "one")
	err := work(ctx)
	for i := range spans {
		spans[i].End()
	}
	return err
}

// OnceOnly is a loop that runs once.
func OnceOnly(ctx context.Context) error {
	for {
		ctx, span := tracer.Start(ctx, "once-only")
		defer span.End()
		return work(ctx)
	}
}

// Select ends the span in each clause.
func Select(ctx context.Context, in <-chan string) (string, error) {
	_, span := tracer.Start(ctx, "select")
	select {
	case v := <-in:
		span.AddEvent("in")
		span.End()
		return v, nil
	case <-ctx.Done():
		span.End()
		return "", ctx.Err()
	}
}

// SelectAfter starts in one clause and ends in the same.
func SelectAfter(ctx context.Context, in <-chan string) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case id := <-in:
			ictx, span := tracer.Start(ctx, id)
			err := work(ictx)
			span.End()
			if err != nil {
				return err
			}
		}
	}
}

// Switches ends the span in each case, with fallthrough and default.
func Switches(ctx context.Context, n int, v any) error {
	_, span := tracer.Start(ctx, "switches")
	switch n {
	case 0:
		span.AddEvent("zero")
		fallthrough
	case 1:
		span.End()
		return nil
	case 2:
		break
	default:
		span.End()
		return errors.New("n")
	}
	switch v := v.(type) {
	case error:
		span.End()
		return v
	case nil, string:
		span.End()
		return nil
	default:
		span.End()
	}
	return nil
}
