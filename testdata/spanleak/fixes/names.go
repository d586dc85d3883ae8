package fixes

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/trace"
)

// The name span is taken by a parameter.
func taken(ctx context.Context, span int) error {
	ctx, _ = tracer.Start(ctx, "taken") // want `the span that tracer.Start returns is discarded`
	return fmt.Errorf("%d: %w", span, work(ctx))
}

// The name span is taken by a variable that is declared later in the block.
func takenLater(ctx context.Context) error {
	sctx, _ := tracer.Start(ctx, "taken-later") // want `the span that tracer.Start returns is discarded`
	span := 1
	return fmt.Errorf("%d: %w", span, work(sctx))
}

// The name span is taken by an open span, and span2 by another variable.
func takenTwice(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "taken-twice")
	defer span.End()
	span2 := "two"
	ctx, _ = tracer.Start(ctx, span2) // want `the span that tracer.Start returns is discarded`
	return work(ctx)
}

// The outer span is used below: a new one of the same name must not capture it.
func wouldCapture(ctx context.Context, deep bool) error {
	ctx, span := tracer.Start(ctx, "would-capture")
	defer span.End()
	if deep {
		ctx, _ := tracer.Start(ctx, "inner") // want `the span that tracer.Start returns is discarded`
		span.AddEvent("the outer span")
		return work(ctx)
	}
	return work(ctx)
}

// Assignment, not declaration: the variables come from above.
func assignment(ctx context.Context) error {
	var err error
	var span trace.Span
	ctx, span = tracer.Start(ctx, "assignment") // want `span is not ended on the path that returns on line 50,`
	if err = work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// Assignment in an inner block to an outer variable: a defer runs for the function.
func assignmentInside(ctx context.Context, on bool) error {
	var span trace.Span
	if on {
		ctx, span = tracer.Start(ctx, "assignment-inside") // want `span is not ended on the path that returns on line 63,`
	}
	if err := work(ctx); err != nil {
		return err
	}
	if on {
		span.End()
	}
	return nil
}

// Discarded into an outer context in an inner block, with nothing of := around.
func discardedInside(ctx context.Context, on bool) error {
	sctx := ctx
	if on {
		sctx, _ = tracer.Start(ctx, "discarded-inside") // want `the span that tracer.Start returns is discarded`
	}
	return work(sctx)
}

// The tracer's name is shadowed by a parameter.
func shadowedTracer(ctx context.Context, tracer trace.Tracer) error {
	ctx, _ = tracer.Start(ctx, "shadowed-tracer") // want `the span that tracer.Start returns is discarded`
	return work(ctx)
}

// The package trace is shadowed by a variable, as is nil.
func shadowedPackage(ctx context.Context, trace, nil string) error {
	ctx, span := tracer.Start(ctx, trace+nil) // want `span is never ended, so it is never exported`
	span.AddEvent(trace)
	return work(ctx)
}

// The span's name is that of a package that is imported here.
func packageName(ctx context.Context) error {
	ctx, trace := tracer.Start(ctx, "package-name") // want `trace is not ended on the path that returns on line 97,`
	if err := work(ctx); err != nil {
		return err
	}
	trace.End()
	return nil
}

// A field is no variable to defer on before it is set.
func field(ctx context.Context) error {
	var h struct{ s trace.Span }
	ctx, h.s = tracer.Start(ctx, "field") // want `s is not ended on the path that returns on line 108,`
	if err := work(ctx); err != nil {
		return err
	}
	h.s.End()
	return nil
}

// The blank identifier is the only name on the left.
func blankOnly(context.Context) {
	_, _ = tracer.Start(context.TODO(), "blank-only") // want `the span that tracer.Start returns is discarded`
}

// A method whose receiver is called span.
func (span *named) method(ctx context.Context) error {
	ctx, _ = tracer.Start(ctx, span.name) // want `the span that tracer.Start returns is discarded`
	return work(ctx)
}

type named struct{ name string }
