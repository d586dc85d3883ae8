// Package helpers records errors by functions of its own, which set no status.
package helpers

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/silenterror/helpers/telemetry"
)

var tracer = otel.Tracer("helpers")

func work(ctx context.Context) error { return ctx.Err() }

func note(span trace.Span, err error) { span.RecordError(err) }

// Note has a deferred End, and the helper where it fails.
func Note(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Note")
	defer span.End()
	if err := work(ctx); err != nil {
		note(span, err) // want `note records the error and leaves the status of the span unset`
		return err
	}
	return nil
}

// NoteAgain is the same helper's: what is to be mended was named above.
func NoteAgain(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "NoteAgain")
	defer span.End()
	if err := work(ctx); err != nil {
		note(span, err)
		return fmt.Errorf("again: %w", err)
	}
	return nil
}

func fail(span trace.Span, err error) error {
	span.SetAttributes(attribute.Bool("failed", true))
	span.RecordError(err)
	span.End()
	return err
}

// Fail has a helper that ends the span as well.
func Fail(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Fail")
	if err := work(ctx); err != nil {
		return fail(span, err) // want `fail records the error and leaves the status of the span unset`
	}
	span.End()
	return nil
}

func outer(err error, span trace.Span) { note(span, err) }

// Outer has one around the other.
func Outer(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Outer")
	defer span.End()
	if err := work(ctx); err != nil {
		outer(err, span) // want `outer records the error and leaves the status of the span unset`
		return err
	}
	return nil
}

type monitor struct{ name string }

func (m monitor) failed(err error, span trace.Span) {
	span.AddEvent(m.name)
	span.RecordError(err, trace.WithStackTrace(true))
}

// Method has a method.
func (m monitor) Method(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Method")
	defer span.End()
	err := work(ctx)
	if err != nil {
		m.failed(err, span) // want `m\.failed records the error and leaves the status of the span unset`
	}
	return err
}

// OtherPackage has one of another package, which looks for nil itself.
func OtherPackage(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "OtherPackage")
	defer span.End()
	err := work(ctx)
	telemetry.Record(span, err) // want `telemetry\.Record records the error and leaves the status of the span unset`
	return err
}
