// Package otherapis uses OpenTracing and OpenCensus, whose spans live and leak
// in the same way.
package otherapis

import (
	"context"
	"errors"

	"github.com/opentracing/opentracing-go"
	"github.com/opentracing/opentracing-go/ext"
)

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }

// OpenTracingNever has no Finish.
func OpenTracingNever(ctx context.Context) error {
	span, ctx := opentracing.StartSpanFromContext(ctx, "never") // want `^span is never ended, so it is never exported$`
	span.SetTag("k", "v")
	return work(ctx)
}

// OpenTracingPath forgets Finish on one path.
func OpenTracingPath(ctx context.Context) error {
	span, ctx := opentracing.StartSpanFromContext(ctx, "path") // want `span is not ended on the path that returns on line 29,`
	if err := work(ctx); err != nil {
		span.LogKV("error", err.Error())
		return err
	}
	span.Finish()
	return nil
}

// OpenTracingGlobal starts with the global tracer.
func OpenTracingGlobal(id string) error {
	span := opentracing.StartSpan("global", opentracing.Tag{Key: "id", Value: id}) // want `span is not ended on the path that returns on line 39,`
	if id == "" {
		return errEmpty
	}
	span.Finish()
	return nil
}

// OpenTracingTracer starts with a tracer of its own.
func OpenTracingTracer(t opentracing.Tracer, parent opentracing.SpanContext, ids []string) {
	for _, id := range ids {
		sp := t.StartSpan("tracer", opentracing.ChildOf(parent)) // want `sp is not ended on the path that starts the next iteration on line 50,`
		if id == "" {
			continue
		}
		sp.Finish()
	}
}

// OpenTracingDiscarded keeps the context only.
func OpenTracingDiscarded(ctx context.Context) error {
	_, ctx = opentracing.StartSpanFromContext(ctx, "discarded") // want `the span that opentracing.StartSpanFromContext returns is discarded`
	return work(ctx)
}

// OpenTracingBare keeps nothing.
func OpenTracingBare(ctx context.Context) error {
	opentracing.StartSpan("bare") // want `the span that opentracing.StartSpan returns is discarded`
	return work(ctx)
}

// OpenTracingReplaced overwrites the first span.
func OpenTracingReplaced() {
	span := opentracing.StartSpan("first") // want `span is replaced on line 72 before it is ended, so the first span is never exported`
	span.SetTag("n", 1)
	span = opentracing.StartSpan("second")
	span.Finish()
}

// OpenTracingRight finishes.
func OpenTracingRight(ctx context.Context) (err error) {
	span, ctx := opentracing.StartSpanFromContext(ctx, "right")
	defer span.Finish()
	if err = work(ctx); err != nil {
		ext.Error.Set(span, true)
	}
	return err
}

// OpenTracingOptions finishes with options, by hand, on both paths.
func OpenTracingOptions(ctx context.Context) error {
	span, ctx := opentracing.StartSpanFromContext(ctx, "options")
	if err := work(ctx); err != nil {
		span.FinishWithOptions(opentracing.FinishOptions{})
		return err
	}
	span.FinishWithOptions(opentracing.FinishOptions{})
	return nil
}

// OpenTracingFluent sets a tag, which returns the span, and defers the Finish.
func OpenTracingFluent() {
	defer opentracing.StartSpan("fluent").SetTag("k", "v").Finish()
}

// OpenTracingChild wraps: the caller finishes.
func OpenTracingChild(ctx context.Context, name string) opentracing.Span {
	if parent := opentracing.SpanFromContext(ctx); parent != nil {
		return opentracing.StartSpan(name, opentracing.ChildOf(parent.Context()))
	}
	return opentracing.StartSpan(name)
}

// OpenTracingWrapped leaks what the wrapper returns.
func OpenTracingWrapped(ctx context.Context) error {
	span := OpenTracingChild(ctx, "wrapped") // want `span is not ended on the path that returns on line 114,`
	if err := work(ctx); err != nil {
		return err
	}
	span.Finish()
	return nil
}

// OpenTracingBorrowed takes the caller's span: not finishing it is right.
func OpenTracingBorrowed(ctx context.Context) {
	if span := opentracing.SpanFromContext(ctx); span != nil {
		span.SetTag("k", "v")
	}
}

// OpenTracingNoop starts a span that does nothing.
func OpenTracingNoop() {
	span := opentracing.NoopTracer{}.StartSpan("noop")
	span.SetTag("k", "v")
}
