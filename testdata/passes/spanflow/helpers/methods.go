package helpers

import (
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// An op holds a span.
type op struct {
	span trace.Span
	name string
}

func (o *op) end() { // fact span(ends)
	o.span.End()
}

func (o op) endByValue() { // fact span(ends)
	o.span.End()
}

func (o *op) endThrough() { // fact span(ends)
	o.end()
}

func (o *op) endDeferred() { // fact span(ends)
	defer o.span.End()
	o.tag("x")
}

func (o *op) endMaybe(b bool) { // fact span(mayend)
	if b {
		o.span.End()
	}
}

func (o *op) endUnlessNil() { // fact span(ends)
	if o == nil || o.span == nil {
		return
	}
	o.span.End()
}

func (o *op) tag(s string) { // fact span(keeps)
	o.span.SetAttributes(attribute.String("tag", s))
}

func (o *op) with(s string) *op { // fact span(?->0)
	o.tag(s)
	return o
}

func (o *op) title() string { return o.name } // fact span(keeps)

// The span of the receiver, or what ends it, is taken out.

func (o *op) takes() trace.Span { return o.span } // fact span(?->0)

func (o *op) leaves() { global = o.span }

func (o *op) ender() func() { return o.end } // fact span(?->0)

func endOp(o *op) { // fact span(ends)
	o.end()
}

func endOpSpan(o op) { // fact span(ends)
	o.span.End()
}

// An embedder has the methods of a span.
type embedder struct{ trace.Span }

func (e embedder) finish() { // fact span(ends)
	e.End()
}

func (e *embedder) note() { // fact span(keeps)
	e.AddEvent("note")
}

// A generic holds one as well.
type generic[T any] struct {
	span  trace.Span
	value T
}

func (g *generic[T]) end() { // fact span(ends)
	g.span.End()
}

func endGeneric[S trace.Span](span S) { // fact span(ends.End)
	span.End()
}

func endBeside[T any](span trace.Span, v T) { // fact span(ends)
	span.End()
}

func usesGeneric(span trace.Span) { // fact span(ends)
	endBeside(span, 1)
}

func usesGenericMethod(g *generic[int]) { // fact span(ends)
	g.end()
}
