package conditional

import (
	"context"
	"errors"
	"io"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// FlagThenReturn starts and ends under one flag, and returns between the two.
func FlagThenReturn(ctx context.Context, traced bool) error {
	var span trace.Span
	if traced {
		ctx, span = tracer.Start(ctx, "flag-then-return") // want `span is not ended on the path that returns on line 19,`
	}
	if err := work(ctx); err != nil {
		return err
	}
	if traced {
		span.End()
	}
	return nil
}

// NilGuardThenReturn is the same with a guard on nil.
func NilGuardThenReturn(ctx context.Context, cfg config) error {
	var span trace.Span
	if cfg.traced {
		ctx, span = tracer.Start(ctx, "nil-guard-then-return") // want `span is not ended on the path that returns on line 34,`
	}
	if err := work(ctx); err != nil {
		return err
	}
	if span != nil {
		span.End()
	}
	return nil
}

// NilGuardNeverEnds guards everything but has no End.
func NilGuardNeverEnds(ctx context.Context, cfg config) error {
	var span trace.Span
	if cfg.traced {
		ctx, span = tracer.Start(ctx, "nil-guard-never-ends") // want `span is never ended, so it is never exported`
	}
	err := work(ctx)
	if span != nil {
		span.RecordError(err)
	}
	return err
}

// DeferUnderCondition defers the End for verbose callers only.
func DeferUnderCondition(ctx context.Context, cfg config) error {
	ctx, span := tracer.Start(ctx, "defer-under-condition") // want `span is not ended on the path that returns on line 61,`
	if cfg.verbose {
		defer span.End()
	}
	return work(ctx)
}

// EndOnErrorOnly ends the span where it records the error, and nowhere else.
func EndOnErrorOnly(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "end-on-error-only") // want `span is not ended on the path that returns on line 72,`
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.End()
		return err
	}
	return nil
}

// DeferredEndOnErrorOnly does so in a deferred closure: the success path sets
// err to nil, and the span stays open.
func DeferredEndOnErrorOnly(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "deferred-end-on-error-only") // want `span is not ended on the path that returns on line 88,`
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
			span.End()
		}
	}()
	if err := work(ctx); err != nil {
		return err
	}
	return nil
}

// OneArm ends the span in one arm of an if.
func OneArm(ctx context.Context, n int) int {
	_, span := tracer.Start(ctx, "one-arm") // want `span is not ended on the path that returns on line 100,`
	if n > 0 {
		n--
		span.End()
	} else {
		n++
	}
	return n
}

// ElseIfChain forgets the last arm.
func ElseIfChain(ctx context.Context, n int) string {
	_, span := tracer.Start(ctx, "else-if-chain") // want `span is not ended on the path that returns on line 113,`
	if n < 0 {
		span.End()
		return "negative"
	} else if n == 0 {
		span.End()
		return "zero"
	} else {
		return "positive"
	}
}

// ExpectedError ends the span for unexpected errors and for success, but not
// for the expected error.
func ExpectedError(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "expected-error") // want `span is not ended on the path that returns on line 123,`
	err := work(ctx)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		span.RecordError(err)
		span.End()
		return err
	}
	span.End()
	return nil
}

// EitherStart starts one of two spans; both leak through the same return.
func EitherStart(ctx context.Context, fast bool) error {
	var span trace.Span
	if fast {
		ctx, span = tracer.Start(ctx, "either-fast") // want `span is not ended on the path that returns on line 143,`
	} else {
		ctx, span = tracer.Start(ctx, "either-slow") // want `span is not ended on the path that returns on line 143,`
	}
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// EitherEnds forgets End for one of two spans.
func EitherEnds(ctx context.Context, fast bool) error {
	if fast {
		fctx, span := tracer.Start(ctx, "either-ends-fast")
		defer span.End()
		return work(fctx)
	}
	sctx, span := tracer.Start(ctx, "either-ends-slow") // want `span is never ended, so it is never exported`
	span.AddEvent("slow")
	return work(sctx)
}

// Shadowed declares a second span in an inner block and ends the outer one only.
func Shadowed(ctx context.Context, cfg config) error {
	ctx, span := tracer.Start(ctx, "shadowed-outer")
	defer span.End()
	if cfg.verbose {
		ctx, span := tracer.Start(ctx, "shadowed-inner") // want `span is never ended, so it is never exported`
		span.AddEvent("inner")
		if err := work(ctx); err != nil {
			return err
		}
	}
	return work(ctx)
}

// ShadowedByMistake means to assign to the outer variable, and declares another.
func ShadowedByMistake(ctx context.Context, cfg config) error {
	var span trace.Span
	if cfg.traced {
		ctx, span := tracer.Start(ctx, "shadowed-by-mistake") // want `span is never ended, so it is never exported`
		span.AddEvent("declared by :=")
		_ = work(ctx)
	}
	if span != nil {
		defer span.End()
	}
	return work(ctx)
}

// Recording guards more than the attributes: the End is on the wrong side.
func Recording(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "recording") // want `span is not ended on the path that returns on line 197,`
	if !span.IsRecording() {
		span.End()
		return work(ctx)
	}
	span.AddEvent("recording")
	return work(ctx)
}

// ConstructorError was to hand the span over, and drops it on the error path.
func ConstructorError(ctx context.Context) (*Stream, error) {
	ctx, span := tracer.Start(ctx, "constructor-error") // want `span is not ended on the path that returns on line 204,`
	if err := work(ctx); err != nil {
		return nil, err
	}
	return &Stream{span: span}, nil
}

// Stream owns the span that ConstructorError gives it.
type Stream struct {
	span trace.Span
}

// Close ends the stream's span.
func (s *Stream) Close() error {
	s.span.End()
	return nil
}

// WrapperError was to return the span itself.
func WrapperError(ctx context.Context, name string) (context.Context, trace.Span, error) {
	if name == "" {
		return ctx, nil, errEmpty
	}
	sctx, span := tracer.Start(ctx, name) // want `span is not ended on the path that returns on line 227,`
	if err := work(sctx); err != nil {
		return ctx, nil, err
	}
	return sctx, span, nil
}

// HandedToGoroutine hands the span over on one path, and forgets it on the other.
func HandedToGoroutine(ctx context.Context, async bool) error {
	ctx, span := tracer.Start(ctx, "handed-to-goroutine") // want `span is not ended on the path that returns on line 242,`
	if async {
		go func() {
			defer span.End()
			_ = work(ctx)
		}()
		return nil
	}
	return work(ctx)
}

// HandedToChannel sends the span on one path, and forgets it on the other.
func HandedToChannel(ctx context.Context, out chan<- trace.Span) {
	ctx, span := tracer.Start(ctx, "handed-to-channel") // want `span is not ended on the path that returns on line 249,`
	if err := work(ctx); err != nil {
		return
	}
	out <- span
}
