package paths

import (
	"context"
	"errors"
	"fmt"
	"io"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// EarlyReturn leaves through a guard before the explicit End: the most common
// shape in real code.
func EarlyReturn(ctx context.Context, id string) error {
	ctx, span := tracer.Start(ctx, "early-return") // want `^span is not ended on the path that returns on line 19, so it is never exported$`
	if id == "" {
		return errEmpty
	}
	err := work(ctx)
	span.End()
	return err
}

// ErrorReturn ends the span on the happy path only.
func ErrorReturn(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "error-return") // want `span is not ended on the path that returns on line 32, so it is never exported`
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	span.End()
	return nil
}

// FirstOfTwo leaks on two paths: there is one finding, and it names the first.
func FirstOfTwo(ctx context.Context, id string) (string, error) {
	ctx, span := tracer.Start(ctx, "first-of-two") // want `span is not ended on the path that returns on line 42, so it is never exported`
	if id == "" {
		return "", errEmpty
	}
	v, err := load(ctx, id)
	if err != nil {
		return "", err
	}
	span.End()
	return v, nil
}

// OnlyTheSecond forgets End in the second of three error branches.
func OnlyTheSecond(ctx context.Context, id string) (string, error) {
	ctx, span := tracer.Start(ctx, "only-the-second") // want `span is not ended on the path that returns on line 61,`
	if id == "" {
		span.End()
		return "", errEmpty
	}
	a, err := load(ctx, id)
	if err != nil {
		return "", fmt.Errorf("load a: %w", err)
	}
	b, err := load(ctx, a)
	if err != nil {
		span.End()
		return "", fmt.Errorf("load b: %w", err)
	}
	span.End()
	return b, nil
}

// LateDefer registers the defer after the first way out.
func LateDefer(ctx context.Context, id string) error {
	ctx, span := tracer.Start(ctx, "late-defer") // want `span is not ended on the path that returns on line 76,`
	if id == "" {
		return errEmpty
	}
	defer span.End()
	return work(ctx)
}

// LateDeferredClosure is the same with a closure that records the error.
func LateDeferredClosure(ctx context.Context, id string) (err error) {
	ctx, span := tracer.Start(ctx, "late-deferred-closure") // want `span is not ended on the path that returns on line 86,`
	if id == "" {
		return errEmpty
	}
	defer func() {
		if err != nil {
			span.RecordError(err)
		}
		span.End()
	}()
	return work(ctx)
}

// BareReturn leaves with named results.
func BareReturn(ctx context.Context, id string) (v string, err error) {
	ctx, span := tracer.Start(ctx, "bare-return") // want `span is not ended on the path that returns on line 102,`
	v, err = load(ctx, id)
	if err != nil {
		return
	}
	span.End()
	return
}

// VoidReturn has no result at all.
func VoidReturn(ctx context.Context, id string) {
	ctx, span := tracer.Start(ctx, "void-return") // want `span is not ended on the path that returns on line 112,`
	if id == "" {
		return
	}
	_ = work(ctx)
	span.End()
}

// EndOfFunction falls off the end.
func EndOfFunction(ctx context.Context, id string) {
	ctx, span := tracer.Start(ctx, "end-of-function") // want `span is not ended on the path that reaches the end of the function on line 126, so it is never exported`
	if id == "" {
		span.End()
		return
	}
	_ = work(ctx)
}

// EndOfFunctionAfterIf ends the span in the one branch and falls through in the other.
func EndOfFunctionAfterIf(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "end-of-function-after-if") // want `span is not ended on the path that reaches the end of the function on line 134,`
	if err := work(ctx); err == nil {
		span.End()
	}
}

// ReturnMultiLine returns a call that is spread over lines: the line is that of
// the return keyword.
func ReturnMultiLine(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "return-multi-line") // want `span is not ended on the path that returns on line 141,`
	if err := work(ctx); err != nil {
		return fmt.Errorf(
			"work for %s: %w",
			"someone",
			err,
		)
	}
	span.End()
	return nil
}

// NestedReturn leaks three levels down.
func NestedReturn(ctx context.Context, ids []string) error {
	ctx, span := tracer.Start(ctx, "nested-return") // want `span is not ended on the path that returns on line 158,`
	if len(ids) > 0 {
		if ids[0] != "" {
			if _, err := load(ctx, ids[0]); err != nil {
				if !errors.Is(err, io.EOF) {
					return err
				}
			}
		}
	}
	span.End()
	return nil
}

// HelperOnlyRecords calls helpers that write to the span and do not end it.
func HelperOnlyRecords(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "helper-only-records") // want `span is not ended on the path that returns on line 172,`
	if err := work(ctx); err != nil {
		recordError(span, err)
		return err
	}
	span.End()
	return nil
}

// recordError borrows the span.
func recordError(span trace.Span, err error) {
	span.RecordError(err)
	span.SetStatus(codes.Error, err.Error())
}

// NeverEnded has no End at all.
func NeverEnded(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "never-ended") // want `^span is never ended, so it is never exported$`
	span.SetAttributes(attribute.String("k", "v"))
	return work(ctx)
}

// NeverEndedVoid has no End and no return.
func NeverEndedVoid(ctx context.Context) {
	ctx, sp := tracer.Start(ctx, "never-ended-void") // want `^sp is never ended, so it is never exported$`
	sp.AddEvent("only event")
	_ = work(ctx)
}

// NeverEndedCopied was copied with the forgotten End: a second one.
func NeverEndedCopied(ctx context.Context, id string) (string, error) {
	ctx, span := tracer.Start(ctx, "never-ended-copied") // want `span is never ended, so it is never exported`
	v, err := load(ctx, id)
	if err != nil {
		span.RecordError(err)
		return "", err
	}
	return v, nil
}

// NeverEndedSilenced quiets the compiler and not the trace.
func NeverEndedSilenced(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "never-ended-silenced") // want `span is never ended, so it is never exported`
	_ = span
	return work(ctx)
}

// NeverEndedLogged reads the ids of the span, which does not hand it over.
func NeverEndedLogged(ctx context.Context) string {
	_, span := tracer.Start(ctx, "never-ended-logged") // want `span is never ended, so it is never exported`
	sc := span.SpanContext()
	return sc.TraceID().String() + sc.SpanID().String()
}

// NeverEndedInContext puts the span on another context that stays in the function.
func NeverEndedInContext(ctx, other context.Context) error {
	_, span := tracer.Start(ctx, "never-ended-in-context") // want `span is never ended, so it is never exported`
	other = trace.ContextWithSpan(other, span)
	return work(other)
}

// TwoSpans leaks the inner one; the outer one is right.
func TwoSpans(ctx context.Context) error {
	ctx, outer := tracer.Start(ctx, "two-spans-outer")
	defer outer.End()
	ctx, inner := tracer.Start(ctx, "two-spans-inner") // want `inner is not ended on the path that returns on line 237,`
	if err := work(ctx); err != nil {
		outer.RecordError(err)
		return err
	}
	inner.End()
	return nil
}

// WrongSpan ends the outer span twice and the inner one never.
func WrongSpan(ctx context.Context) error {
	ctx, outer := tracer.Start(ctx, "wrong-span-outer")
	defer outer.End()
	ctx, inner := tracer.Start(ctx, "wrong-span-inner") // want `inner is never ended, so it is never exported`
	inner.AddEvent("the defer below names the wrong span")
	defer outer.End()
	return work(ctx)
}

// SecondLeaksThroughFirst returns early while both are open: one finding each.
func SecondLeaksThroughFirst(ctx context.Context) error {
	ctx, first := tracer.Start(ctx, "both-first")   // want `first is not ended on the path that returns on line 258,`
	ctx, second := tracer.Start(ctx, "both-second") // want `second is not ended on the path that returns on line 258,`
	if err := work(ctx); err != nil {
		return err
	}
	second.End()
	first.End()
	return nil
}

// Method is a method with a pointer receiver; End stands on the last line only.
func (r *Repo) Method(ctx context.Context, id string) (string, error) {
	ctx, span := r.tracer.Start(ctx, "Repo.Method", trace.WithSpanKind(trace.SpanKindClient)) // want `span is not ended on the path that returns on line 270,`
	v, err := load(ctx, id)
	if err != nil {
		return "", err
	}
	span.SetAttributes(attribute.Int("n", len(v)))
	span.End()
	return v, nil
}

// Repo holds the tracer in a field.
type Repo struct {
	tracer trace.Tracer
}
