// Package hooks has pairs of functions: one starts a span, the other ends it.
package hooks

import (
	"context"
	"net/http"

	"github.com/go-resty/resty/v2"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("hooks")

type spanKey struct{}

type stateKey struct{}

// Query is a pair in the manner of a database driver's hooks: the span travels
// in the context that Before returns.
type Query struct{}

// Before starts the span and discards the variable.
func (Query) Before(ctx context.Context, sql string) (context.Context, error) {
	ctx, _ = tracer.Start(ctx, sql)
	return ctx, nil
}

// After ends it.
func (Query) After(ctx context.Context, sql string) (context.Context, error) {
	trace.SpanFromContext(ctx).End()
	return ctx, nil
}

// OnError ends it as well.
func (Query) OnError(ctx context.Context, err error) error {
	span := trace.SpanFromContext(ctx)
	span.RecordError(err)
	span.End()
	return err
}

// Decorated names the span, but leaves it in the context just the same.
type Decorated struct{}

// Start decorates the span and returns the context that holds it.
func (Decorated) Start(ctx context.Context, name string) context.Context {
	ctx, span := tracer.Start(ctx, name)
	span.AddEvent("start")
	return ctx
}

// Finish ends it.
func (Decorated) Finish(ctx context.Context) { trace.SpanFromContext(ctx).End() }

// Skipping starts a span on one path only; the context tells which.
type Skipping struct{ enabled bool }

// Start returns the context as it came, or with a span.
func (s Skipping) Start(ctx context.Context) context.Context {
	if !s.enabled {
		return ctx
	}
	ctx, span := tracer.Start(ctx, "skipping")
	if !span.IsRecording() {
		return ctx
	}
	span.AddEvent("start")
	return ctx
}

// Valued keeps the span under a key of its own.
type Valued struct{}

// Start stores it.
func (Valued) Start(ctx context.Context) context.Context {
	_, span := tracer.Start(ctx, "valued")
	return context.WithValue(ctx, spanKey{}, span)
}

// Stop looks it up.
func (Valued) Stop(ctx context.Context) {
	if span, ok := ctx.Value(spanKey{}).(trace.Span); ok {
		span.End()
	}
}

// State stores it in a struct in the context.
type State struct{}

type state struct {
	span trace.Span
	n    int
}

// Start stores it.
func (State) Start(ctx context.Context) context.Context {
	ctx, span := tracer.Start(ctx, "state")
	return context.WithValue(ctx, stateKey{}, &state{span: span})
}

// Stop ends it.
func (State) Stop(ctx context.Context) {
	if s, _ := ctx.Value(stateKey{}).(*state); s != nil && s.n == 0 {
		s.span.End()
	}
}

// Mutable fills in a struct that is in the context already.
func Mutable(ctx context.Context) {
	s, ok := ctx.Value(stateKey{}).(*state)
	if !ok {
		return
	}
	_, s.span = tracer.Start(ctx, "mutable")
}

// Carried puts the span on another context, which it returns.
func Carried(ctx, other context.Context) context.Context {
	_, span := tracer.Start(ctx, "carried")
	return trace.ContextWithSpan(other, span)
}

// Requests is a pair over a request.
type Requests struct{}

// Begin returns the request with the span in its context.
func (Requests) Begin(r *http.Request) *http.Request {
	ctx, span := tracer.Start(r.Context(), "requests")
	span.AddEvent("begin")
	return r.WithContext(ctx)
}

// End ends it.
func (Requests) End(r *http.Request) { trace.SpanFromContext(r.Context()).End() }

// InPlace overwrites the request with one that has the span in its context. The
// function has no End at all, so that it cannot be the owner: silent.
func (Requests) InPlace(r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "in-place")
	span.AddEvent("begin")
	*r = *r.WithContext(ctx)
}

// Legs is a pair of methods that share fields.
type Legs struct {
	ctx  context.Context
	span trace.Span
}

// Enter stores both.
func (l *Legs) Enter(ctx context.Context) {
	l.ctx, l.span = tracer.Start(ctx, "legs")
}

// Exit ends the span.
func (l *Legs) Exit() { l.span.End() }

// Returned is a pair of functions: the second is returned by the first.
func Returned(ctx context.Context) (begin func(), end func()) {
	var span trace.Span
	begin = func() { _, span = tracer.Start(ctx, "returned") }
	end = func() { span.End() }
	return begin, end
}

// Struct returns a struct of hooks that share a variable.
func Struct(ctx context.Context) Pair {
	var span trace.Span
	return Pair{
		OnStart: func() { ctx, span = tracer.Start(ctx, "struct") },
		OnDone: func(err error) {
			if span == nil {
				return
			}
			if err != nil {
				span.RecordError(err)
			}
			span.End()
		},
	}
}

// Pair is a pair of hooks.
type Pair struct {
	OnStart func()
	OnDone  func(error)
}

// Trace keeps one span for each phase in a map that its hooks share.
func Trace(ctx context.Context) (start, done func(phase string)) {
	open := map[string]trace.Span{}
	start = func(phase string) {
		_, span := tracer.Start(ctx, phase)
		open[phase] = span
	}
	done = func(phase string) { open[phase].End() }
	return start, done
}

// Observed calls a pair around its work.
func Observed(ctx context.Context, work func(context.Context) error) error {
	var q Query
	ctx, err := q.Before(ctx, "observed")
	if err != nil {
		return err
	}
	if err := work(ctx); err != nil {
		return q.OnError(ctx, err)
	}
	_, err = q.After(ctx, "observed")
	return err
}

// Resty has hooks on a client: the first puts the context on the request, with the span
// in it, and discards the variable; the others find the span there, and end it.
func Resty(c *resty.Client) {
	c.OnBeforeRequest(func(_ *resty.Client, r *resty.Request) error {
		ctx, _ := tracer.Start(r.Context(), r.Method)
		r.SetContext(ctx)
		return nil
	})
	c.OnAfterResponse(func(_ *resty.Client, r *resty.Response) error {
		trace.SpanFromContext(r.Request.Context()).End()
		return nil
	})
	c.OnError(func(r *resty.Request, err error) {
		span := trace.SpanFromContext(r.Context())
		span.SetStatus(codes.Error, err.Error())
		span.End()
	})
}

// RestyNamed writes to the span in the meantime.
func RestyNamed(_ *resty.Client, r *resty.Request) error {
	ctx, span := tracer.Start(r.Context(), r.Method)
	span.SetAttributes(attribute.String("peer.service", "orders"))
	r.SetContext(ctx)
	return nil
}
