// Package layers has wrappers of functions of another package, of which only
// their facts are known.
package layers

import (
	"context"

	"github.com/tracevet/tracevet/testdata/spanleak/wrappers/telemetry"
	"go.opentelemetry.io/otel/trace"
)

func start(ctx context.Context) (context.Context, trace.Span) { // fact span() (ctx, open)
	ctx, span := telemetry.StartWithAttributes(ctx, "x")
	telemetry.Annotate(span, "k", "v")
	return ctx, span
}

func maybe(ctx context.Context) trace.Span { // fact span() (open) maybe 0
	_, span := telemetry.MaybeStart(ctx, "x")
	return span
}

func endFunc(ctx context.Context) (context.Context, func()) { // fact span() (ctx, open.())
	return telemetry.Trace(ctx, "x")
}

func operation(ctx context.Context) *telemetry.Operation { // fact span() (open.Finish)
	return telemetry.Begin(ctx, "x").With("k", "v")
}

func own(ctx context.Context) (context.Context, telemetry.Span) { // fact span() (ctx, open.Finish)
	return telemetry.Open(ctx, "x")
}

func shared(c *telemetry.Ctx) trace.Span { // fact span() (open) shared 0
	return c.Trace("x")
}

func end(span trace.Span, err error) { // fact span(ends)
	telemetry.SetStatusAndEnd(span, err)
}

func endOnError(span trace.Span, err error) bool {
	return telemetry.EndOnError(span, err)
}

func endContext(ctx context.Context) { // fact span(ends)
	telemetry.EndSpan(ctx)
}

func record(span trace.Span, err error) { // fact span(keeps)
	telemetry.Record(span, err)
}

func annotate(span trace.Span) trace.Span { // fact span(?->0)
	return telemetry.Annotate(span, "k", "v")
}

func finish(op *telemetry.Operation) { // fact span(ends)
	op.With("k", "v").Finish()
}

func done(ctx context.Context, op telemetry.Op) { // fact span(?, ends)
	defer op.Done(ctx.Err())
	op.Note("x")
}

func logger(ctx context.Context) (context.Context, telemetry.ErrSpan) { // fact span() (ctx, open.End)
	return telemetry.NewErrSpan(ctx, "x")
}

func oneOfTwo(ctx context.Context) (context.Context, telemetry.Span) { // fact span() (ctx, open.Finish) maybe 1
	return telemetry.OpenMaybe(ctx, "x")
}
