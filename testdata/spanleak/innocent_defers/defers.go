// Package defers ends spans through every form of defer and closure.
package defers

import (
	"context"
	"fmt"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("defers")

func work(ctx context.Context) error { return ctx.Err() }

// Direct is the idiom.
func Direct(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "direct")
	defer span.End()
	return work(ctx)
}

// Options passes one.
func Options(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "options")
	defer span.End(trace.WithStackTrace(true))
	return work(ctx)
}

// Explicit ends it by hand on every path.
func Explicit(ctx context.Context, id string) error {
	ctx, span := tracer.Start(ctx, "explicit")
	if id == "" {
		span.End()
		return fmt.Errorf("no id")
	}
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.End()
		return err
	}
	span.End()
	return nil
}

// Twice ends it by hand and by defer, which is harmless.
func Twice(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "twice")
	defer span.End()
	if err := work(ctx); err != nil {
		span.End()
		return err
	}
	return nil
}

// Closure ends it in a deferred closure with the named result.
func Closure(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "closure")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}()
	return work(ctx)
}

// Argument passes it to the deferred closure.
func Argument(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "argument")
	defer func(s trace.Span) { s.End() }(span)
	return work(ctx)
}

// MethodValue defers a method value.
func MethodValue(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "method-value")
	end := span.End
	defer end()
	return work(ctx)
}

// MethodValueCalled calls it on each path.
func MethodValueCalled(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "method-value-called")
	end := span.End
	if err := work(ctx); err != nil {
		end()
		return err
	}
	end()
	return nil
}

// MethodExpression calls End as a function of the interface.
func MethodExpression(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "method-expression")
	defer trace.Span.End(span)
	return work(ctx)
}

// Stored keeps the closure in a variable and defers it.
func Stored(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "stored")
	end := func() { span.End() }
	defer end()
	return work(ctx)
}

// StoredCalled calls such a closure on each path.
func StoredCalled(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "stored-called")
	end := func(err error) error {
		if err != nil {
			span.RecordError(err)
		}
		span.End()
		return err
	}
	if ctx.Err() != nil {
		return end(ctx.Err())
	}
	return end(work(ctx))
}

// Reassigned has a clean-up that grows: the last one calls the first.
func Reassigned(ctx context.Context) error {
	cleanup := func() {}
	defer func() { cleanup() }()
	ctx, span := tracer.Start(ctx, "reassigned")
	cleanup = func() { span.End() }
	return work(ctx)
}

// List keeps clean-ups in a slice.
func List(ctx context.Context) error {
	var cleanups []func()
	defer func() {
		for _, fn := range cleanups {
			fn()
		}
	}()
	ctx, span := tracer.Start(ctx, "list")
	cleanups = append(cleanups, func() { span.End() })
	return work(ctx)
}

// Before registers the deferred closure before the span starts.
func Before(ctx context.Context) error {
	var span trace.Span
	defer func() { span.End() }()
	ctx, span = tracer.Start(ctx, "before")
	return work(ctx)
}

// Nested ends it in a closure in a closure.
func Nested(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "nested")
	defer func() {
		func() {
			span.End()
		}()
	}()
	return work(ctx)
}

// Once ends it through a sync.Once.
func Once(ctx context.Context) error {
	var once sync.Once
	ctx, span := tracer.Start(ctx, "once")
	defer once.Do(func() { span.End() })
	return work(ctx)
}

// OnceFunc ends it through a function that runs once.
func OnceFunc(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "once-func")
	end := sync.OnceFunc(func() { span.End() })
	defer end()
	if err := work(ctx); err != nil {
		end()
		return err
	}
	return nil
}

// Recovering ends it where it recovers; the panic is covered.
func Recovering(ctx context.Context, n int) (err error) {
	_, span := tracer.Start(ctx, "recovering")
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
		span.End()
	}()
	if n < 0 {
		panic("negative")
	}
	return nil
}

// DeferCoversPanic has a direct defer and another one that recovers.
func DeferCoversPanic(ctx context.Context, n int) {
	defer func() { _ = recover() }()
	_, span := tracer.Start(ctx, "defer-covers-panic")
	defer span.End()
	if n < 0 {
		panic("negative")
	}
}

// GoDeferred ends it in a goroutine that a deferred closure starts.
func GoDeferred(ctx context.Context, wait func()) error {
	ctx, span := tracer.Start(ctx, "go-deferred")
	defer func() {
		go func() {
			wait()
			span.End()
		}()
	}()
	return work(ctx)
}

// ByReference starts the span in a closure, and ends it outside.
func ByReference(ctx context.Context) error {
	var span trace.Span
	start := func(name string) { ctx, span = tracer.Start(ctx, name) }
	start("by-reference")
	defer span.End()
	return work(ctx)
}

// Phases starts the next span in a closure that ends the one before.
func Phases(ctx context.Context) error {
	var span trace.Span
	phase := func(name string) {
		if span != nil {
			span.End()
		}
		_, span = tracer.Start(ctx, name)
	}
	defer func() { span.End() }()
	phase("one")
	if err := work(ctx); err != nil {
		return err
	}
	phase("two")
	return work(ctx)
}

// FromContext ends what the context holds, in a deferred closure.
func FromContext(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "from-context")
	defer func() { trace.SpanFromContext(ctx).End() }()
	span.AddEvent("begin")
	return work(ctx)
}

// Shadowed ends both spans of one name.
func Shadowed(ctx context.Context, deep bool) error {
	ctx, span := tracer.Start(ctx, "outer")
	defer span.End()
	if deep {
		ctx, span := tracer.Start(ctx, "inner")
		defer span.End()
		return work(ctx)
	}
	return work(ctx)
}

// Alias ends it by another name.
func Alias(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "alias")
	same := span
	defer same.End()
	return work(ctx)
}

// StructCopy ends it through a copy of a struct.
func StructCopy(ctx context.Context) error {
	type holder struct{ span trace.Span }
	ctx, span := tracer.Start(ctx, "struct-copy")
	h := holder{span}
	c := h
	defer c.span.End()
	return work(ctx)
}

// Embedded ends it through a promoted method.
func Embedded(ctx context.Context) error {
	type traced struct {
		trace.Span
		n int
	}
	ctx, span := tracer.Start(ctx, "embedded")
	t := traced{Span: span}
	defer t.End()
	return work(ctx)
}

// Pointer ends it through a pointer to the variable.
func Pointer(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "pointer")
	p := &span
	defer func() { (*p).End() }()
	return work(ctx)
}

// OneLine has its defer in an immediate literal's result.
func OneLine(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "one-line")
	defer func() func() { return func() { span.End() } }()()
	return work(ctx)
}

// ElseBranch defers in both branches of an if.
func ElseBranch(ctx context.Context, on bool) error {
	ctx, span := tracer.Start(ctx, "else-branch")
	if on {
		defer span.End(trace.WithStackTrace(true))
	} else {
		defer span.End()
	}
	return work(ctx)
}
