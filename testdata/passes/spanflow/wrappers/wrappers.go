// Package wrappers has functions that return spans, and what holds them. The
// comment of each is the fact about it; one without a comment has none.
package wrappers

import (
	"context"
	"errors"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

var (
	tracer  = otel.Tracer("wrappers")
	enabled = true
)

func span(ctx context.Context) trace.Span { // fact span() (open)
	_, span := tracer.Start(ctx, "x")
	return span
}

func contextAndSpan(ctx context.Context) (context.Context, trace.Span) { // fact span() (ctx, open)
	return tracer.Start(ctx, "x")
}

func spanAndContext(ctx context.Context) (trace.Span, context.Context) { // fact span() (open, ctx)
	ctx, span := tracer.Start(ctx, "x")
	return span, ctx
}

func namedResults(parent context.Context) (ctx context.Context, span trace.Span, err error) { // fact span() (ctx, open)
	ctx, span = tracer.Start(parent, "x")
	return
}

func contextOnly(ctx context.Context) context.Context { // fact span() (ctx)
	ctx, _ = tracer.Start(ctx, "x")
	return ctx
}

func wrapped(ctx context.Context) trace.Span { // fact span() (open)
	_, s := contextAndSpan(ctx)
	s.AddEvent("wrapped")
	return s
}

func orNil(ctx context.Context) trace.Span { // fact span() (open) maybe 0
	if !enabled {
		return nil
	}
	return span(ctx)
}

func orNoop(ctx context.Context) trace.Span { // fact span() (open) maybe 0
	if !enabled {
		return noop.Span{}
	}
	return span(ctx)
}

func orError(ctx context.Context, name string) (trace.Span, error) { // fact span() (open) maybe 0
	if name == "" {
		return nil, errors.New("no name")
	}
	return span(ctx), nil
}

func orBorrowed(ctx context.Context) trace.Span {
	if enabled {
		return trace.SpanFromContext(ctx)
	}
	return span(ctx)
}

func orBorrowedByPath(ctx context.Context) (context.Context, trace.Span) { // fact span() (ctx)
	if s := trace.SpanFromContext(ctx); s.SpanContext().IsValid() {
		return ctx, s
	}
	return tracer.Start(ctx, "x")
}

func borrowed(ctx context.Context) (trace.Span, error) { // fact span() (borrowed)
	return trace.SpanFromContext(ctx), nil
}

func endedHere(ctx context.Context) trace.Span {
	s := span(ctx)
	s.End()
	return s
}

func endedByDefer(ctx context.Context) trace.Span {
	s := span(ctx)
	defer s.End()
	return s
}

func noopOnly(ctx context.Context) trace.Span {
	_, s := noop.NewTracerProvider().Tracer("x").Start(ctx, "x")
	return s
}

// Functions that end the span.

func endFunc(ctx context.Context) func() { // fact span() (open.())
	s := span(ctx)
	return func() { s.End() }
}

func endFuncWithError(ctx context.Context) (context.Context, func(error)) { // fact span() (ctx, open.())
	ctx, s := tracer.Start(ctx, "x")
	return ctx, func(err error) {
		if err != nil {
			s.RecordError(err)
		}
		s.End()
	}
}

func endMethodValue(ctx context.Context) func(...trace.SpanEndOption) { // fact span() (open.())
	return span(ctx).End
}

func endFuncOfWrapped(ctx context.Context) (context.Context, func(error)) { // fact span() (ctx, open.())
	return endFuncWithError(ctx)
}

func endFuncMaybe(ctx context.Context) func(error) {
	s := span(ctx)
	return func(err error) {
		if err != nil {
			s.End()
		}
	}
}

func anyFunc(ctx context.Context) func() {
	s := span(ctx)
	return func() { s.AddEvent("x") }
}

// Types that hold the span.

type op struct{ span trace.Span }

func (o *op) Finish() { o.span.End() } // fact span(ends)

func (o *op) Tag() { o.span.AddEvent("tag") } // fact span(keeps)

func (o *op) FinishMaybe(b bool) { // fact span(mayend)
	if b {
		o.span.End()
	}
}

func pointer(ctx context.Context) *op { // fact span() (open.Finish?FinishMaybe)
	return &op{span: span(ctx)}
}

func value(ctx context.Context) (op, error) { // fact span() (open.Finish?FinishMaybe)
	var o op
	o.span = span(ctx)
	return o, nil
}

type exported struct{ Span trace.Span }

func field(ctx context.Context) *exported { // fact span() (open..Span)
	return &exported{span(ctx)}
}

type embedding struct{ trace.Span }

func embedded(ctx context.Context) embedding { // fact span() (open.End?span)
	return embedding{span(ctx)}
}

type finisher interface{ Finish() }

func own(ctx context.Context) finisher { // fact span() (open.Finish?FinishMaybe)
	return pointer(ctx)
}

type tagger interface{ Tag() }

func ownWithoutEnd(ctx context.Context) tagger { // fact span() (open.Finish?FinishMaybe)
	return pointer(ctx)
}

func empty(ctx context.Context) any {
	return span(ctx)
}

func list(ctx context.Context) []trace.Span {
	return []trace.Span{span(ctx)}
}

func generic[T any](ctx context.Context, v T) (T, trace.Span) { // fact span() (-, open)
	return v, span(ctx)
}

func usesGeneric(ctx context.Context) trace.Span { // fact span() (open)
	_, s := generic(ctx, 1)
	return s
}

func pair(ctx context.Context) (a, b trace.Span) { // fact span() (open, open)
	return span(ctx), span(ctx)
}

// The context is left where others find it.

func middleware(c *gin.Context) trace.Span { // fact span() (open) shared 0
	ctx, s := tracer.Start(c.Request.Context(), "x")
	c.Request = c.Request.WithContext(ctx)
	return s
}

type carrier struct{ ctx context.Context }

func (c *carrier) start() trace.Span { // fact span() (open) shared 0
	var s trace.Span
	c.ctx, s = tracer.Start(c.ctx, "x")
	return s
}

func sharedOnward(c *carrier) trace.Span { return c.start() } // fact span() (open) shared 0

// Other APIs have no context beside the span; this one is not a wrapper.

func work(ctx context.Context) error {
	ctx, s := contextAndSpan(ctx)
	defer s.End()
	return ctx.Err()
}
