// Package replaced overwrites open spans.
package replaced

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("replaced")

func work(ctx context.Context) error { return ctx.Err() }

// Sequential starts the second phase without ending the first.
func Sequential(ctx context.Context) error {
	actx, span := tracer.Start(ctx, "phase-1") // want `^span is replaced on line 22 before it is ended, so the first span is never exported$`
	if err := work(actx); err != nil {
		span.End()
		return err
	}
	bctx, span := tracer.Start(ctx, "phase-2")
	err := work(bctx)
	span.End()
	return err
}

// SequentialDeferred defers the End of the last phase.
func SequentialDeferred(ctx context.Context) error {
	_, span := tracer.Start(ctx, "phase-1") // want `span is replaced on line 32 before it is ended`
	span.AddEvent("one")
	ctx, span = tracer.Start(ctx, "phase-2")
	defer span.End()
	return work(ctx)
}

// ThreePhases replaces twice: two findings.
func ThreePhases(ctx context.Context) error {
	_, span := tracer.Start(ctx, "phase-1") // want `span is replaced on line 41 before it is ended`
	span.AddEvent("one")
	_, span = tracer.Start(ctx, "phase-2") // want `span is replaced on line 43 before it is ended`
	span.AddEvent("two")
	_, span = tracer.Start(ctx, "phase-3")
	err := work(ctx)
	span.End()
	return err
}

// DeferredClosure captures the variable: the closure ends the second span only.
func DeferredClosure(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "first") // want `span is replaced on line 56 before it is ended`
	defer func() { span.End() }()
	if err := work(ctx); err != nil {
		return err
	}
	ctx, span = tracer.Start(ctx, "second")
	return work(ctx)
}

// DeferredMethod evaluates its receiver at the defer statement: the first span
// is ended, and the second is not.
func DeferredMethod(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "first")
	defer span.End()
	if err := work(ctx); err != nil {
		return err
	}
	ctx, span = tracer.Start(ctx, "second") // want `span is never ended, so it is never exported`
	return work(ctx)
}

// InBranch replaces the span in one branch.
func InBranch(ctx context.Context, retry bool) error {
	ctx, span := tracer.Start(ctx, "try") // want `span is replaced on line 77 before it is ended`
	err := work(ctx)
	if err != nil && retry {
		ctx, span = tracer.Start(ctx, "retry")
		err = work(ctx)
	}
	span.End()
	return err
}

// ByNil forgets the span for good.
func ByNil(ctx context.Context, quiet bool) error {
	ctx, span := tracer.Start(ctx, "by-nil") // want `span is replaced on line 88 before it is ended`
	if quiet {
		span = nil
	}
	err := work(ctx)
	if span != nil {
		span.End()
	}
	return err
}

// ByBorrowed replaces the span by the caller's.
func ByBorrowed(ctx context.Context) error {
	sctx, span := tracer.Start(ctx, "by-borrowed") // want `span is replaced on line 104 before it is ended`
	if err := work(sctx); err != nil {
		span.End()
		return err
	}
	span = trace.SpanFromContext(ctx)
	span.AddEvent("back in the caller's span")
	return nil
}

// ByOther replaces it by another span of the function, which is then ended twice.
func ByOther(ctx context.Context) error {
	actx, a := tracer.Start(ctx, "a")
	bctx, b := tracer.Start(actx, "b") // want `b is replaced on line 114 before it is ended`
	err := work(bctx)
	b = a
	b.End()
	a.End()
	return err
}

// Item declares the variable first.
func Item(ctx context.Context) error {
	var (
		sctx context.Context
		span trace.Span
	)
	sctx, span = tracer.Start(ctx, "first") // want `span is replaced on line 128 before it is ended`
	_ = work(sctx)
	sctx, span = tracer.Start(ctx, "second")
	defer span.End()
	return work(sctx)
}

// ByDiscard is a named span followed by a discarded one.
func ByDiscard(ctx context.Context) error {
	actx, span := tracer.Start(ctx, "named")
	defer span.End()
	actx, _ = tracer.Start(actx, "discarded") // want `the span that tracer.Start returns is discarded`
	return work(actx)
}
