// Package innocent_more holds right code that an earlier state of the rule
// reported, or that whoever wrote the rule was afraid of.
package innocent_more

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("innocent_more")

func work(ctx context.Context) error { return ctx.Err() }

type operation struct {
	ctx  context.Context
	span trace.Span
}

func (o *operation) finish() { o.span.End() }

// deferredBeforeStart: the deferred method ends what is in the variable when it
// runs, not when it is deferred.
func deferredBeforeStart(ctx context.Context) error {
	var o operation
	defer o.finish()
	o.ctx, o.span = tracer.Start(ctx, "x")
	return work(o.ctx)
}

func endIn(span *trace.Span) { (*span).End() }

// deferredPointer: likewise with a pointer to the variable.
func deferredPointer(ctx context.Context) error {
	var span trace.Span
	defer endIn(&span)
	ctx, span = tracer.Start(ctx, "x")
	return work(ctx)
}

// recoverIsNil: without a panic, recover returns nil.
func recoverIsNil(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "x")
	defer func() {
		r := recover()
		if r == nil {
			span.End()
			return
		}
		err = fmt.Errorf("panic: %v", r)
		span.End()
	}()
	return work(ctx)
}

// lengths: a length that is greater than zero is one that is not zero.
func lengths(ctx context.Context, items []string) error {
	var span trace.Span
	if len(items) > 0 {
		ctx, span = tracer.Start(ctx, "x")
	}
	err := work(ctx)
	if len(items) != 0 {
		span.End()
	}
	return err
}

// assertions: the same value has the same type both times.
func assertions(ctx context.Context, req any) error {
	var span trace.Span
	if _, ok := req.(error); ok {
		ctx, span = tracer.Start(ctx, "x")
	}
	err := work(ctx)
	if _, ok := req.(error); ok {
		span.End()
	}
	return err
}

// lookups: the same key is in the map both times.
func lookups(ctx context.Context, traced map[string]bool, name string) error {
	var span trace.Span
	if _, ok := traced[name]; ok {
		ctx, span = tracer.Start(ctx, "x")
	}
	err := work(ctx)
	if _, ok := traced[name]; ok {
		span.End()
	}
	return err
}

type logger interface {
	Fatalf(format string, args ...any)
}

// fatal: whether a logger's Fatal comes back is not known; most end the program.
func fatal(ctx context.Context, log logger) {
	ctx, span := tracer.Start(ctx, "x")
	if err := work(ctx); err != nil {
		log.Fatalf("work: %v", err)
		return
	}
	span.End()
}

// previous: each iteration ends the span of the one before, and the function
// the last one.
func previous(ctx context.Context, names []string) {
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

// argument: the span is an argument of the deferred literal.
func argument(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "x")
	defer func(s trace.Span) { s.End() }(span)
	return work(ctx)
}

// expression: a method expression is a call like any other.
func expression(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "x")
	defer trace.Span.End(span)
	return work(ctx)
}

var errFirst = errors.New("first")

// switched: every error has a case.
func switched(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "x")
	err := work(ctx)
	switch {
	case err == nil:
		span.End()
		return nil
	case errors.Is(err, errFirst):
		span.RecordError(err)
		span.End()
		return nil
	}
	span.End()
	return err
}

type both struct {
	trace.Span
	name string
}

// embedded: the promoted End is the span's.
func embedded(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "x")
	b := both{span, "x"}
	defer b.End()
	return work(ctx)
}

// chosen: one of two functions ends the span, whichever it is.
func chosen(ctx context.Context, record bool) error {
	ctx, span := tracer.Start(ctx, "x")
	end := func() { span.End() }
	if record {
		end = func() {
			span.AddEvent("end")
			span.End()
		}
	}
	err := work(ctx)
	end()
	return err
}

// handedBack: a helper returns the span that it is given.
func handedBack(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "x")
	span = named(span, "y")
	defer span.End()
	return work(ctx)
}

func named(span trace.Span, name string) trace.Span {
	span.SetName(name)
	return span
}

// recursive passes its span to itself, which ends it in the end.
func recursive(ctx context.Context, span trace.Span, n int) {
	if n == 0 {
		span.End()
		return
	}
	recursive(ctx, span, n-1)
}

func startsRecursion(ctx context.Context, n int) {
	ctx, span := tracer.Start(ctx, "x")
	recursive(ctx, span, n)
}

// onRequest leaves the span on the request for whoever serves it: a hook, whose
// other half may be in any package.
func onRequest(c *gin.Context) {
	ctx, _ := tracer.Start(c.Request.Context(), "x")
	c.Request = c.Request.WithContext(ctx)
}

// inPlace does so by changing the request that it was given.
func inPlace(r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "x")
	span.AddEvent("start")
	*r = *r.WithContext(ctx)
}

// oldNoop: the no-op provider as it was spelled before it got a package.
func oldNoop(ctx context.Context) trace.Span {
	_, nop := trace.NewNoopTracerProvider().Tracer("").Start(ctx, "")
	if span, ok := ctx.Value(oldNoopKey{}).(trace.Span); ok {
		return span
	}
	return nop
}

type oldNoopKey struct{}

// either: the start has two ways that lead to it, and the end the same two.
func either(ctx context.Context, a, b bool) error {
	var span trace.Span
	if a || b {
		ctx, span = tracer.Start(ctx, "x")
	}
	err := work(ctx)
	if a || b {
		span.End()
	}
	return err
}

// runs is given the function that ends the span.
func runs(ctx context.Context) {
	_, span := tracer.Start(ctx, "x")
	defer func(end func(...trace.SpanEndOption)) { end() }(span.End)
}
