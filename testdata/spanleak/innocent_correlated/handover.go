package correlated

import (
	"context"
	"errors"
	"io"

	"go.opentelemetry.io/otel/trace"
)

// Handover: the closure ends the span of a failure; success hands it over.
func Handover(ctx context.Context) (s *Stream, err error) {
	ctx, span := tracer.Start(ctx, "handover")
	defer func() {
		if err != nil {
			span.RecordError(err)
			span.End()
		}
	}()
	if err := work(ctx); err != nil {
		return nil, err
	}
	return &Stream{span: span}, nil
}

// HandoverFlag does it with a flag of its own.
func HandoverFlag(ctx context.Context) (*Stream, error) {
	ctx, span := tracer.Start(ctx, "handover-flag")
	handed := false
	defer func() {
		if !handed {
			span.End()
		}
	}()
	if err := work(ctx); err != nil {
		return nil, err
	}
	handed = true
	return &Stream{span: span}, nil
}

// HandoverNil clears the variable that the deferred closure looks at.
func HandoverNil(ctx context.Context) (*Stream, error) {
	ctx, span := tracer.Start(ctx, "handover-nil")
	defer func() {
		if span != nil {
			span.End()
		}
	}()
	if err := work(ctx); err != nil {
		return nil, err
	}
	s := &Stream{span: span}
	span = nil
	return s, nil
}

// Stream owns the span.
type Stream struct {
	span trace.Span
}

// Close ends it.
func (s *Stream) Close() { s.span.End() }

// DeferredBoth: the deferred closure ends it in either branch.
func DeferredBoth(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "deferred-both")
	defer func() {
		if err != nil && !errors.Is(err, io.EOF) {
			span.RecordError(err)
			span.End()
			return
		}
		span.End()
	}()
	return work(ctx)
}

// Ended: a closure that ends at most once, called on every path.
func Ended(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "ended")
	ended := false
	end := func() {
		if !ended {
			ended = true
			span.End()
		}
	}
	defer end()
	if err := work(ctx); err != nil {
		end()
		return err
	}
	return nil
}

// Recording: a span that does not record is never exported anyway.
func Recording(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "recording")
	if !span.IsRecording() {
		return work(ctx)
	}
	span.AddEvent("recording")
	err := work(ctx)
	span.End()
	return err
}

// RecordingEnd guards the End itself.
func RecordingEnd(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "recording-end")
	err := work(ctx)
	if span.IsRecording() {
		span.End()
	}
	return err
}

// Valid leaves early when the span is one of the no-op tracer's.
func Valid(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "valid")
	if !span.SpanContext().IsValid() {
		return work(ctx)
	}
	defer span.End()
	return work(ctx)
}

// State: a lazily started span that is ended and cleared within the loop.
func State(ctx context.Context, lines []string) {
	var span trace.Span
	for _, l := range lines {
		if span == nil {
			_, span = tracer.Start(ctx, "state")
		}
		if l == "" {
			span.End()
			span = nil
		}
	}
	if span != nil {
		span.End()
	}
}

// Previous: each turn ends the span of the turn before.
func Previous(ctx context.Context, names []string) {
	var span trace.Span
	for _, name := range names {
		if span != nil {
			span.End()
		}
		_, span = tracer.Start(ctx, name)
	}
	if span != nil {
		span.End()
	}
}

// Counter: the loop runs at least once whenever there is a span.
func Counter(ctx context.Context, n int) {
	if n <= 0 {
		return
	}
	_, span := tracer.Start(ctx, "counter")
	for i := range n {
		if i == n-1 {
			span.End()
		}
	}
}

// Unreachable: a panic for what cannot be is no way out. Nothing in this package
// recovers; a program that comes here is over.
func Unreachable(ctx context.Context, kind int) error {
	ctx, span := tracer.Start(ctx, "unreachable")
	switch kind {
	case 0:
		span.End()
		return nil
	case 1:
		err := work(ctx)
		span.End()
		return err
	default:
		panic("unreachable: kind")
	}
}
