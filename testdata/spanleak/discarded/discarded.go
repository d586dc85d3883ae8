// Package discarded throws spans away as they are started.
package discarded

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("discarded")

func work(ctx context.Context) error { return ctx.Err() }

// Assigned overwrites the parameter and discards the span.
func Assigned(ctx context.Context) error {
	ctx, _ = tracer.Start(ctx, "assigned") // want `^the span that tracer.Start returns is discarded, so it is never ended and never exported$`
	return work(ctx)
}

// Declared declares a context.
func Declared(ctx context.Context) error {
	sctx, _ := tracer.Start(ctx, "declared") // want `^the span that tracer.Start returns is discarded, so it is never ended and never exported$`
	return work(sctx)
}

// Inner declares a context of the same name in an inner block.
func Inner(ctx context.Context, deep bool) error {
	if deep {
		ctx, _ := tracer.Start(ctx, "inner") // want `the span that tracer.Start returns is discarded`
		return work(ctx)
	}
	return work(ctx)
}

// Both discards both results.
func Both(ctx context.Context) error {
	_, _ = tracer.Start(ctx, "both") // want `the span that tracer.Start returns is discarded`
	return work(ctx)
}

// Bare is a statement of its own.
func Bare(ctx context.Context) error {
	tracer.Start(ctx, "bare") // want `the span that tracer.Start returns is discarded`
	return work(ctx)
}

// BareWithOptions has arguments over several lines.
func BareWithOptions(ctx context.Context) error {
	tracer.Start(ctx, "bare-with-options", // want `the span that tracer.Start returns is discarded`
		trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attribute.String("k", "v")),
	)
	return work(ctx)
}

// Global asks the global provider on the spot.
func Global(ctx context.Context) error {
	ctx, _ = otel.Tracer("global").Start(ctx, "global") // want `the span that .*Start returns is discarded`
	return work(ctx)
}

// GlobalBare is bare and global.
func GlobalBare(ctx context.Context) error {
	otel.GetTracerProvider().Tracer("global").Start(ctx, "global-bare") // want `the span that .*Start returns is discarded`
	return work(ctx)
}

// VarDecl uses a var statement.
func VarDecl(ctx context.Context) error {
	var sctx, _ = tracer.Start(ctx, "var-decl") // want `the span that tracer.Start returns is discarded`
	return work(sctx)
}

// InLoop discards one span an iteration.
func InLoop(ctx context.Context, ids []string) {
	for range ids {
		ictx, _ := tracer.Start(ctx, "in-loop") // want `the span that tracer.Start returns is discarded`
		_ = work(ictx)
	}
}

// InInit stands in the init statement of an if.
func InInit(ctx context.Context) error {
	if sctx, _ := tracer.Start(ctx, "in-init"); work(sctx) != nil { // want `the span that tracer.Start returns is discarded`
		return sctx.Err()
	}
	return nil
}

// InClosure stands in a literal.
func InClosure(ctx context.Context) func() error {
	return func() error {
		ctx, _ := tracer.Start(ctx, "in-closure") // want `the span that tracer.Start returns is discarded`
		return work(ctx)
	}
}

// InGoroutine stands in a goroutine that has nothing else.
func InGoroutine(ctx context.Context) {
	go func() {
		ctx, _ := tracer.Start(ctx, "in-goroutine") // want `the span that tracer.Start returns is discarded`
		_ = work(ctx)
	}()
}

// Method has the tracer in a field.
func (s *Service) Method(ctx context.Context) error {
	ctx, _ = s.tracer.Start(ctx, "Service.Method") // want `the span that s.tracer.Start returns is discarded`
	return work(ctx)
}

// Second repeats the mistake on the next method, as copied code does.
func (s *Service) Second(ctx context.Context) error {
	ctx, _ = s.tracer.Start(ctx, "Service.Second") // want `the span that s.tracer.Start returns is discarded`
	return work(ctx)
}

// Service holds a tracer.
type Service struct {
	tracer trace.Tracer
}

// Twice has two in one function: a finding each.
func Twice(ctx context.Context) error {
	actx, _ := tracer.Start(ctx, "twice-a") // want `the span that tracer.Start returns is discarded`
	if err := work(actx); err != nil {
		return err
	}
	bctx, _ := tracer.Start(ctx, "twice-b") // want `the span that tracer.Start returns is discarded`
	return work(bctx)
}

// NextToNamed has a named span beside the discarded one.
func NextToNamed(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "next-to-named")
	defer span.End()
	cctx, _ := tracer.Start(ctx, "child") // want `the span that tracer.Start returns is discarded`
	return work(cctx)
}

// Events writes to the parent: the span of the context that Start returned is
// borrowed to add an event, which does not end it.
func Events(ctx context.Context) error {
	ctx, _ = tracer.Start(ctx, "events") // want `the span that tracer.Start returns is discarded`
	trace.SpanFromContext(ctx).AddEvent("begin")
	return work(ctx)
}
