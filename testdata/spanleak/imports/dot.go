package imports

import (
	"context"

	"go.opentelemetry.io/otel"
	. "go.opentelemetry.io/otel/trace"
)

// Dot imports the trace package without a qualifier.
func Dot(ctx context.Context) (err error) {
	var span Span
	ctx, span = otel.Tracer("dot").Start(ctx, "dot", WithSpanKind(SpanKindClient)) // want `span is not ended on the path that returns on line 15,`
	if err = ctx.Err(); err != nil {
		return
	}
	SpanFromContext(ctx).AddEvent("borrowed")
	span.End()
	return nil
}

// DotParameter takes the tracer as a parameter.
func DotParameter(ctx context.Context, t Tracer) error {
	ctx, _ = t.Start(ctx, "dot-parameter") // want `the span that t.Start returns is discarded`
	return ctx.Err()
}

// DotRight defers.
func DotRight(ctx context.Context, t Tracer) error {
	ctx, span := t.Start(ctx, "dot-right")
	defer span.End()
	return ctx.Err()
}
