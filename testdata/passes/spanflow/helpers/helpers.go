// Package helpers has functions that are given spans. The comment of each is
// the fact about it, as a Summary says it; one without a comment has none. What
// comes after "wrong:" says why the fact ought to be another one.
package helpers

import (
	"context"
	"errors"
	"os"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

func end(span trace.Span) { // fact span(ends)
	span.End()
}

func endSecond(err error, span trace.Span) { // fact span(?, ends!0)
	if err != nil {
		span.RecordError(err)
	}
	span.End()
}

func endBoth(a, b trace.Span) { // fact span(ends, ends)
	defer a.End()
	end(b)
}

func endOnEveryPath(span trace.Span, err error) error { // fact span(ends, ?.Error->0)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
		return err
	}
	span.End()
	return nil
}

func endDeferred(span trace.Span, f func() error) error { // fact span(ends, ends)
	defer span.End()
	return f()
}

func endDeferredClosure(span trace.Span, err *error) { // fact span(ends)
	defer func() {
		if *err != nil {
			span.RecordError(*err)
		}
		span.End()
	}()
}

func endUnlessNil(span trace.Span) { // fact span(ends)
	if span != nil {
		span.End()
	}
}

func endIfRecording(span trace.Span) { // fact span(mayend)
	if span.IsRecording() {
		span.End()
	}
}

func endEach(spans ...trace.Span) {
	for _, span := range spans {
		span.End()
	}
}

func endOnError(span trace.Span, err error) { // fact span(mayend, keeps)
	if err != nil {
		span.End()
	}
}

func endOrPanic(span trace.Span, err error) { // fact span(ends)
	if err != nil {
		panic(err)
	}
	span.End()
}

func endOrExit(span trace.Span, err error) { // fact span(ends)
	if err != nil {
		os.Exit(1)
	}
	span.End()
}

func neverReturns(span trace.Span) {
	panic("x")
}

func record(span trace.Span, err error) { // fact span(keeps!1)
	span.RecordError(err)
	span.SetAttributes(attribute.Bool("failed", err != nil))
}

func nothing(span trace.Span) {} // fact span(keeps)

func unnamed(trace.Span, int) {} // fact span(keeps)

func compares(a, b trace.Span) bool { return a == b } // fact span(keeps, keeps)

func prints(span trace.Span) {
	println(span.SpanContext().TraceID().String(), span)
}

// What may keep the span: nothing is known.

var global trace.Span

type registry struct {
	spans map[string]trace.Span
	list  []trace.Span
	last  trace.Span
	lost  trace.Span // nobody takes it out
}

func (r *registry) take() trace.Span { // fact span(?->0)
	return r.last
}

func losesInField(r *registry, span trace.Span) { // fact span(keeps, keeps)
	r.lost = span
}

func storesGlobal(span trace.Span) { global = span }

func storesField(r *registry, span trace.Span) { r.last = span } // fact span(keeps)

func storesMap(r *registry, span trace.Span) { r.spans["x"] = span } // fact span(keeps)

func appends(r *registry, span trace.Span) { r.list = append(r.list, span) } // fact span(keeps)

func sends(c chan trace.Span, span trace.Span) { c <- span }

func starts(span trace.Span) {
	go func() { span.End() }()
}

func passesOn(span trace.Span, f func(trace.Span)) { f(span) } // fact span(?, ends)

func storesOrEnds(span trace.Span, r *registry) { // fact span(mayend, keeps)
	if r != nil {
		r.last = span
		return
	}
	span.End()
}

func storesOnePath(span trace.Span, r *registry) { // fact span(mayend, keeps)
	if r != nil {
		r.last = span
	}
}

// What returns it.

func chain(span trace.Span, key string) trace.Span { // fact span(?->0)
	span.SetAttributes(attribute.String("key", key))
	return span
}

func chainSecond(span trace.Span) (error, trace.Span) { // fact span(?->1)
	return nil, span
}

func chainSometimes(span, other trace.Span, b bool) trace.Span {
	if b {
		return span
	}
	return other
}

func chainOrNil(span trace.Span, b bool) trace.Span {
	if b {
		return span
	}
	return nil
}

func endAndReturn(span trace.Span) trace.Span { // fact span(ends)
	span.End()
	return span
}

// Contexts.

func endOfContext(ctx context.Context) { // fact span(ends)
	trace.SpanFromContext(ctx).End()
}

func endOfContextOnError(ctx context.Context, err error) { // fact span(mayend, keeps)
	if err != nil {
		trace.SpanFromContext(ctx).End()
	}
}

func recordInContext(ctx context.Context, err error) {
	trace.SpanFromContext(ctx).RecordError(err)
}

func fromContext(ctx context.Context) trace.Span { // fact span() (borrowed)
	return trace.SpanFromContext(ctx)
}

func put(ctx context.Context, span trace.Span) context.Context { // fact span(?, keeps)
	return trace.ContextWithSpan(ctx, span)
}

// Functions: those that have nothing to do with spans but this are not looked
// at, since there are too many of them.

func callsFunc(f func()) {
	f()
}

func callsFuncDeferred(f func(error), err error) {
	defer f(err)
}

func callsFuncMaybe(f func(), b bool) {
	if b {
		f()
	}
}

func callsFuncUnlessNil(f func()) {
	if f != nil {
		f()
	}
}

func keepsFunc(f func()) func() { return f }

// Interfaces of one's own.

type finisher interface {
	Finish()
	Tag(string)
}

func finishes(f finisher) { // fact span(keeps.Finish)
	f.Finish()
}

func tagsAndFinishes(f finisher) { // fact span(keeps.Finish.Tag)
	f.Tag("x")
	f.Finish()
}

func finishesMaybe(f finisher, b bool) { // fact span(keeps), wrong: it may end it
	if b {
		f.Finish()
	}
}

func finishesThrough(f finisher) {
	finishes(f)
}

func finishesNarrow(f finisher) { // fact span(keeps), wrong: it ends it
	var narrow interface{ Finish() } = f
	narrow.Finish()
}

func finishesByValue(f finisher) {
	defer callsFunc(f.Finish)
}

func finishesInClosure(f finisher) { // fact span(keeps.Finish)
	defer func() { f.Finish() }()
}

type ender interface{ End(...trace.SpanEndOption) }

func endsInterface(e ender) { // fact span(keeps.End)
	e.End()
}

// Recursion.

func recursive(span trace.Span, n int) { // fact span(mayend)
	if n == 0 {
		span.End()
		return
	}
	recursive(span, n-1)
}

func first(span trace.Span, n int) { // fact span(mayend)
	if n > 0 {
		second(span, n-1)
	} else {
		span.End()
	}
}

func second(span trace.Span, n int) { // fact span(mayend)
	if n > 0 {
		first(span, n-1)
	} else {
		span.End()
	}
}

func untraced(err error) error { return errors.Join(err) }

func Exported(span trace.Span) { // fact span(ends)
	end(span)
}
