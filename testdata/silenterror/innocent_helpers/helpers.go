// Package innocent_helpers records errors by functions of its own, and sets the
// status, or need not. Nothing in it is reported.
package innocent_helpers

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("innocent_helpers")

func work(ctx context.Context) error { return ctx.Err() }

func note(span trace.Span, err error) { span.RecordError(err) }

func fail(span trace.Span, err error) {
	span.RecordError(err)
	span.SetStatus(codes.Error, err.Error())
}

// Fail has a helper that sets it.
func Fail(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Fail")
	defer span.End()
	if err := work(ctx); err != nil {
		fail(span, err)
		return err
	}
	return nil
}

// Before sets it before the helper records.
func Before(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Before")
	defer span.End()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, "work")
		note(span, err)
		return err
	}
	return nil
}

// After sets it after.
func After(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "After")
	defer span.End()
	if err := work(ctx); err != nil {
		note(span, err)
		span.SetStatus(codes.Error, "work")
		return err
	}
	return nil
}

// Deferred sets it at the end.
func Deferred(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Deferred")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}()
	if err = work(ctx); err != nil {
		note(span, err)
		return err
	}
	return nil
}

// Goes on with something else.
func Goes(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Goes")
	defer span.End()
	if err := work(ctx); err != nil {
		note(span, err)
	}
	return work(ctx)
}

// Expected is an answer, and no failure.
func Expected(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Expected")
	defer span.End()
	err := work(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		note(span, err)
		return err
	}
	return nil
}

func unless(span trace.Span, err error) {
	if errors.Is(err, io.EOF) {
		return
	}
	span.RecordError(err)
}

// Unless has a helper that knows which errors are none.
func Unless(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Unless")
	defer span.End()
	if err := work(ctx); err != nil {
		unless(span, err)
		return err
	}
	return nil
}

var onError func(trace.Span, error)

func hooked(span trace.Span, err error) {
	span.RecordError(err)
	onError(span, err)
}

// Hooked has one that gives the span to who knows whom.
func Hooked(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Hooked")
	defer span.End()
	if err := work(ctx); err != nil {
		hooked(span, err)
		return err
	}
	return nil
}

func other(span trace.Span, err error) { span.RecordError(errors.New("wrapped: " + err.Error())) }

// Other records another error than it is given: which one, is not followed.
func Other(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Other")
	defer span.End()
	if err := work(ctx); err != nil {
		other(span, err)
		return err
	}
	return nil
}

// Nil records none.
func Nil(ctx context.Context) {
	_, span := tracer.Start(ctx, "Nil")
	defer span.End()
	note(span, nil)
}

// Borrowed writes to the caller's span, who sets its status.
func Borrowed(ctx context.Context) error {
	span := trace.SpanFromContext(ctx)
	if err := work(ctx); err != nil {
		note(span, err)
		return err
	}
	return nil
}
