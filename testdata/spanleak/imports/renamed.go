// Package imports spells OpenTelemetry's packages and types in other ways.
package imports

import (
	"context"

	ot "go.opentelemetry.io/otel"
	oteltrace "go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/spanleak/imports/shared"
	"github.com/tracevet/tracevet/testdata/spanleak/imports/trace"
)

// Renamed imports both packages under other names.
func Renamed(ctx context.Context) error {
	var span oteltrace.Span
	ctx, span = ot.Tracer("imports").Start(ctx, "renamed") // want `span is not ended on the path that returns on line 19,`
	if err := shared.Work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// localSpan is an alias of an alias.
type localSpan = shared.Span

// AliasOfAlias declares the span with it.
func AliasOfAlias(ctx context.Context, t oteltrace.Tracer) error {
	var span localSpan
	ctx, span = t.Start(ctx, "alias-of-alias") // want `span is never ended, so it is never exported`
	span.AddEvent("begin")
	return shared.Work(ctx)
}

// definedSpan is a type of its own with the same methods.
type definedSpan oteltrace.Span

// Defined converts to it.
func Defined(ctx context.Context, t oteltrace.Tracer) error {
	sctx, inner := t.Start(ctx, "defined") // want `inner is not ended on the path that returns on line 45,`
	span := definedSpan(inner)
	if err := shared.Work(sctx); err != nil {
		span.RecordError(err)
		return err
	}
	span.End()
	return nil
}

// DefinedRight ends it through the other type.
func DefinedRight(ctx context.Context, t oteltrace.Tracer) error {
	ctx, inner := t.Start(ctx, "defined-right")
	var span definedSpan = inner
	defer span.End()
	return shared.Work(ctx)
}

// SameNames calls a package of the same name, whose spans are no spans.
func SameNames(ctx context.Context) error {
	var tracer trace.Tracer
	ctx, span := tracer.Start(ctx, "same-names")
	if span.From > 0 {
		return nil
	}
	tracer.Start(ctx, "bare")
	return shared.Work(ctx)
}

// narrow is an interface with only the method that this package needs.
type narrow interface {
	End(...oteltrace.SpanEndOption)
}

// Narrowed ends the span through the narrow interface.
func Narrowed(ctx context.Context) error {
	ctx, span := shared.Default.Start(ctx, "narrowed")
	var n narrow = span
	defer n.End()
	return shared.Work(ctx)
}
