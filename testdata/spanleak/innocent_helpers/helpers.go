// Package helpers ends spans through helpers of its own, in generic code, and
// through interfaces of its own.
package helpers

import (
	"context"
	"errors"
	"io"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("helpers")

func work(ctx context.Context) error { return ctx.Err() }

func end(span trace.Span) { span.End() }

func endErr(span trace.Span, err error) {
	defer span.End()
	if err == nil {
		return
	}
	span.SetStatus(codes.Error, err.Error())
}

func endPtr(span trace.Span, errp *error) { endErr(span, *errp) }

func endOpt(span trace.Span, opts ...trace.SpanEndOption) { span.End(opts...) }

func endSwitch(span trace.Span, err error) {
	switch {
	case err == nil:
		span.End()
	case errors.Is(err, io.EOF):
		span.AddEvent("eof")
		span.End()
	default:
		span.RecordError(err)
		span.End()
	}
}

func endAny[S interface {
	End(...trace.SpanEndOption)
}](s S) {
	s.End()
}

func endThrough(fn func(), after func()) {
	defer after()
	fn()
}

// Plain calls the simplest one.
func Plain(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "plain")
	defer end(span)
	return work(ctx)
}

// WithError passes the error.
func WithError(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "with-error")
	err := work(ctx)
	endErr(span, err)
	return err
}

// WithPointer passes its address.
func WithPointer(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "with-pointer")
	defer endPtr(span, &err)
	return work(ctx)
}

// WithOptions passes options.
func WithOptions(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "with-options")
	defer endOpt(span, trace.WithStackTrace(true))
	return work(ctx)
}

// WithSwitch calls one that has an End in each case.
func WithSwitch(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "with-switch")
	defer func() { endSwitch(span, err) }()
	return work(ctx)
}

// WithGeneric calls a generic one.
func WithGeneric(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "with-generic")
	defer endAny(span)
	return work(ctx)
}

// WithFunctions passes the End as a function to one that calls it.
func WithFunctions(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "with-functions")
	var err error
	endThrough(func() { err = work(ctx) }, func() { span.End() })
	return err
}

// scope is a type of its own over a span.
type scope struct {
	trace.Span
	errs []error
}

func (s *scope) finish(err error) {
	if err != nil {
		s.errs = append(s.errs, err)
		s.RecordError(err)
	}
	s.End()
}

func open(ctx context.Context, name string) (context.Context, *scope) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, &scope{Span: span}
}

// Finish calls the method of the type.
func Finish(ctx context.Context) (err error) {
	ctx, s := open(ctx, "finish")
	defer func() { s.finish(err) }()
	return work(ctx)
}

// FinishEarly calls it on each path.
func FinishEarly(ctx context.Context) error {
	ctx, s := open(ctx, "finish-early")
	if err := work(ctx); err != nil {
		s.finish(err)
		return err
	}
	s.End()
	return nil
}

// ender is a small interface.
type ender interface{ finish(error) }

// ThroughInterface ends it through that interface.
func ThroughInterface(ctx context.Context) error {
	ctx, s := open(ctx, "through-interface")
	var e ender = s
	err := work(ctx)
	e.finish(err)
	return err
}

// namedEnd is a function type with a method.
type namedEnd func(error)

func (f namedEnd) done() { f(nil) }

func begin(ctx context.Context) (context.Context, namedEnd) {
	ctx, span := tracer.Start(ctx, "begin")
	return ctx, func(err error) { endErr(span, err) }
}

// ThroughFuncType ends it through the method of a function type.
func ThroughFuncType(ctx context.Context) error {
	ctx, end := begin(ctx)
	defer end.done()
	return work(ctx)
}

// In runs fn in a span and returns what it returns.
func In[T any](ctx context.Context, name string, fn func(context.Context, trace.Span) (T, error)) (v T, err error) {
	ctx, span := tracer.Start(ctx, name)
	defer endPtr(span, &err)
	return fn(ctx, span)
}

// UsesIn calls it; the span that it is lent is In's.
func UsesIn(ctx context.Context) (int, error) {
	return In(ctx, "uses-in", func(ctx context.Context, span trace.Span) (int, error) {
		span.AddEvent("lent")
		return 1, work(ctx)
	})
}

// Traced is a generic start wrapper.
func Traced[T any](ctx context.Context, v T) (context.Context, T, func()) {
	ctx, span := tracer.Start(ctx, "traced")
	return ctx, v, func() { span.End() }
}

// UsesTraced calls the end function.
func UsesTraced(ctx context.Context) (string, error) {
	ctx, v, done := Traced(ctx, "v")
	defer done()
	return v, work(ctx)
}

// Recursive ends its span after it has called itself.
func Recursive(ctx context.Context, depth int) error {
	ctx, span := tracer.Start(ctx, "recursive")
	defer end(span)
	if depth <= 0 {
		return work(ctx)
	}
	return Recursive(ctx, depth-1)
}

// endEven and endOdd end the span after a number of turns: each ends it on every
// path, through the other.
func endEven(span trace.Span, n int) {
	if n == 0 {
		span.End()
		return
	}
	endOdd(span, n-1)
}

func endOdd(span trace.Span, n int) {
	if n == 0 {
		span.End()
		return
	}
	endEven(span, n-1)
}

// Mutual calls helpers that call each other.
func Mutual(ctx context.Context) {
	_, span := tracer.Start(ctx, "mutual")
	endEven(span, 3)
}
