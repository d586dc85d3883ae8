package imports

import (
	"context"

	. "go.opentelemetry.io/otel"
)

// DotOtel imports the package otel without a qualifier.
func DotOtel(ctx context.Context) error {
	ctx, span := Tracer("dot-otel").Start(ctx, "dot-otel") // want `span is never ended, so it is never exported`
	span.AddEvent("begin")
	return ctx.Err()
}
