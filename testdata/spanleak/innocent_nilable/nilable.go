// Package nilable has spans that may be nil, borrowed, or of a tracer that does
// nothing.
package nilable

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

var tracer = otel.Tracer("nilable")

func work(ctx context.Context) error { return ctx.Err() }

// NilGuard ends the span that may not have been started.
func NilGuard(ctx context.Context, on bool) error {
	var span trace.Span
	if on {
		ctx, span = tracer.Start(ctx, "nil-guard")
	}
	err := work(ctx)
	if span != nil {
		span.End()
	}
	return err
}

// NilGuardDeferred does so in a deferred closure, registered before the start.
func NilGuardDeferred(ctx context.Context, on bool) error {
	var span trace.Span
	defer func() {
		if span != nil {
			span.End()
		}
	}()
	if on {
		ctx, span = tracer.Start(ctx, "nil-guard-deferred")
	}
	return work(ctx)
}

// DeferInBranch starts and defers in one branch: the defer runs for the function.
func DeferInBranch(ctx context.Context, on bool) error {
	if on {
		var span trace.Span
		ctx, span = tracer.Start(ctx, "defer-in-branch")
		defer span.End()
	}
	return work(ctx)
}

// DefaultNoop has a span that does nothing unless there is a real one.
func DefaultNoop(ctx context.Context, on bool) error {
	var span trace.Span = noop.Span{}
	if on {
		ctx, span = tracer.Start(ctx, "default-noop")
	}
	defer span.End()
	return work(ctx)
}

// DefaultBorrowed uses the caller's span, or a new one, which alone it ends.
func DefaultBorrowed(ctx context.Context, own bool) error {
	span := trace.SpanFromContext(ctx)
	if own {
		ctx, span = tracer.Start(ctx, "default-borrowed")
		defer span.End()
	}
	span.AddEvent("either")
	return work(ctx)
}

// BorrowedOnly takes the span of the context: not ending it is right.
func BorrowedOnly(ctx context.Context) error {
	span := trace.SpanFromContext(ctx)
	span.AddEvent("borrowed")
	return work(ctx)
}

// BorrowedDiscarded looks at it and drops it.
func BorrowedDiscarded(ctx context.Context) bool {
	_ = trace.SpanFromContext(ctx)
	return trace.SpanFromContext(ctx).IsRecording()
}

// Parameter is lent by the caller.
func Parameter(span trace.Span, err error) {
	if err != nil {
		span.RecordError(err)
	}
}

// NoopTracer starts spans that do nothing.
func NoopTracer(ctx context.Context) error {
	ctx, span := noop.NewTracerProvider().Tracer("noop").Start(ctx, "noop")
	span.AddEvent("nothing")
	return work(ctx)
}

// NoopValue does so with a tracer value of the no-op package.
func NoopValue(ctx context.Context) error {
	ctx, _ = noop.Tracer{}.Start(ctx, "noop-value")
	return work(ctx)
}

// NoopLocal keeps that tracer in a variable.
func NoopLocal(ctx context.Context) error {
	quiet := noop.NewTracerProvider().Tracer("quiet")
	ctx, span := quiet.Start(ctx, "noop-local")
	span.AddEvent("nothing")
	return work(ctx)
}

// GetOrStart is a wrapper that may lend or give: unsure, its callers are not judged.
func GetOrStart(ctx context.Context) (context.Context, trace.Span) {
	if span := trace.SpanFromContext(ctx); span.IsRecording() {
		return ctx, span
	}
	return tracer.Start(ctx, "get-or-start")
}

// CallsGetOrStart cannot know whether to end the span.
func CallsGetOrStart(ctx context.Context) error {
	ctx, span := GetOrStart(ctx)
	span.AddEvent("either")
	return work(ctx)
}

// Foreign is an interface of its own whose implementation is not seen: unsure
// whether the span is new.
type Foreign interface {
	Span(ctx context.Context, name string) trace.Span
}

// CallsForeign calls it.
func CallsForeign(ctx context.Context, f Foreign) error {
	span := f.Span(ctx, "foreign")
	span.AddEvent("unsure")
	return work(ctx)
}

// Asserted takes a span out of an interface: its owner is elsewhere.
func Asserted(v any) {
	if span, ok := v.(trace.Span); ok {
		span.AddEvent("asserted")
	}
}

// EarlyNil leaves where there is no span.
func EarlyNil(ctx context.Context, t trace.Tracer) error {
	if t == nil {
		return work(ctx)
	}
	ctx, span := t.Start(ctx, "early-nil")
	err := work(ctx)
	span.End()
	return err
}
