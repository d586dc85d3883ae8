// Package telemetry is a project's own layer over OpenTelemetry: every way of
// starting a span that real projects have invented. Nothing here is a fault: the
// caller owns what it gets.
package telemetry

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

var tracer = otel.Tracer("telemetry")

// Enabled switches tracing.
var Enabled = true

// StartSpan returns the span alone.
func StartSpan(ctx context.Context, name string) trace.Span {
	_, span := tracer.Start(ctx, name)
	return span
}

// Start returns the context and the span.
func Start(ctx context.Context, name string) (context.Context, trace.Span) {
	return tracer.Start(ctx, name)
}

// StartWithAttributes decorates the span before it hands it over.
func StartWithAttributes(ctx context.Context, name string, attrs ...attribute.KeyValue) (context.Context, trace.Span) {
	ctx, span := Start(ctx, name)
	if len(attrs) > 0 {
		span.SetAttributes(attrs...)
	}
	return ctx, span
}

// MaybeStart returns a nil span when tracing is off.
func MaybeStart(ctx context.Context, name string) (context.Context, trace.Span) {
	if !Enabled {
		return ctx, nil
	}
	return tracer.Start(ctx, name)
}

// StartOrNoop returns a span that does nothing when tracing is off.
func StartOrNoop(ctx context.Context, name string) (context.Context, trace.Span) {
	if !Enabled {
		return ctx, noop.Span{}
	}
	ctx, span := tracer.Start(ctx, name)
	return ctx, span
}

// Named has named results and a bare return.
func Named(parent context.Context, name string) (ctx context.Context, span trace.Span) {
	ctx, span = tracer.Start(parent, name)
	span.SetAttributes(attribute.Bool("named", true))
	return
}

// Op is a struct that holds a span.
type Op struct {
	span trace.Span
	from time.Time
}

// NewOp returns the struct by value.
func NewOp(ctx context.Context, name string) (context.Context, Op) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, Op{span: span, from: time.Now()}
}

// Note adds an event.
func (o Op) Note(msg string) { o.span.AddEvent(msg) }

// Done ends the span.
func (o Op) Done(err error) {
	if err != nil {
		o.span.RecordError(err)
		o.span.SetStatus(codes.Error, err.Error())
	}
	o.span.End()
}

// Operation is a pointer type that holds a span.
type Operation struct {
	span trace.Span
}

// Begin returns a pointer.
func Begin(ctx context.Context, name string) *Operation {
	_, span := tracer.Start(ctx, name)
	return &Operation{span: span}
}

// With sets an attribute and returns the receiver.
func (o *Operation) With(key, value string) *Operation {
	o.span.SetAttributes(attribute.String(key, value))
	return o
}

// Finish ends the span.
func (o *Operation) Finish() { o.span.End() }

// Span is the project's own interface.
type Span interface {
	Tag(key, value string) Span
	Finish(err error)
}

type spanImpl struct {
	inner trace.Span
}

// Open returns the interface.
func Open(ctx context.Context, name string) (context.Context, Span) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, &spanImpl{inner: span}
}

// Tag implements Span.
func (s *spanImpl) Tag(key, value string) Span {
	s.inner.SetAttributes(attribute.String(key, value))
	return s
}

// Finish implements Span.
func (s *spanImpl) Finish(err error) {
	if err != nil {
		s.inner.RecordError(err)
	}
	s.inner.End()
}

// Trace returns an end function.
func Trace(ctx context.Context, name string) (context.Context, func()) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, func() { span.End() }
}

// TraceErr returns an end function that takes the error.
func TraceErr(ctx context.Context, name string) (context.Context, func(error)) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, func(err error) {
		if err != nil {
			span.RecordError(err)
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
}

// Time returns nothing but an end function, for `defer Time(ctx, "x")()`.
func Time(ctx context.Context, name string) func() {
	_, span := tracer.Start(ctx, name)
	return func() {
		span.End()
	}
}

// Timer has its span in an exported field.
type Timer struct {
	Span trace.Span
	From time.Time
}

// StartTimer returns a struct whose field the caller ends.
func StartTimer(ctx context.Context, name string) *Timer {
	t := &Timer{From: time.Now()}
	_, t.Span = tracer.Start(ctx, name)
	return t
}

// Traced embeds its span.
type Traced struct {
	trace.Span
	Name string
}

// StartTraced returns a struct whose End is promoted.
func StartTraced(ctx context.Context, name string) (context.Context, Traced) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, Traced{Span: span, Name: name}
}

// WithSpan runs fn in a span, which it ends itself.
func WithSpan[T any](ctx context.Context, name string, fn func(context.Context) (T, error)) (T, error) {
	ctx, span := tracer.Start(ctx, name)
	defer span.End()
	v, err := fn(ctx)
	if err != nil {
		span.RecordError(err)
	}
	return v, err
}

// Run runs fn in a span, which it hands to fn and ends itself.
func Run(ctx context.Context, name string, fn func(context.Context, trace.Span) error) error {
	ctx, span := tracer.Start(ctx, name)
	err := fn(ctx, span)
	End(span, &err)
	return err
}
