// Package innocent records errors in ways that are right.
package innocent

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("innocent")

func work(context.Context) error { return nil }

// Both is silent.
func Both(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Both")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	return nil
}

// StatusFirst is silent: the order does not matter.
func StatusFirst(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "StatusFirst")
	defer span.End()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.RecordError(err)
		return err
	}
	return nil
}

// StatusOnly is silent: an event is not asked for.
func StatusOnly(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "StatusOnly")
	defer span.End()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	return nil
}

// Code is silent: a constant that equals codes.Error.
func Code(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Code")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Code(1), err.Error())
		return err
	}
	return nil
}

// Closure is silent: a deferred closure sets the status.
func Closure(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Closure")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}()
	if err = work(ctx); err != nil {
		span.RecordError(err)
		return err
	}
	return nil
}

func end(span trace.Span, err *error) {
	if *err != nil {
		span.SetStatus(codes.Error, (*err).Error())
	}
	span.End()
}

// Helper is silent: a deferred helper sets the status.
func Helper(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Helper")
	defer end(span, &err)
	if err = work(ctx); err != nil {
		span.RecordError(err)
		return err
	}
	return nil
}

func fail(span trace.Span, err error) error {
	span.SetStatus(codes.Error, err.Error())
	return err
}

// HelperCalled is silent: a helper sets the status.
func HelperCalled(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "HelperCalled")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
		return fail(span, err)
	}
	return nil
}

func failCtx(ctx context.Context, err error) {
	trace.SpanFromContext(ctx).SetStatus(codes.Error, err.Error())
}

// HelperOfContext is silent: it takes the span out of the context.
func HelperOfContext(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "HelperOfContext")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
		failCtx(ctx, err)
		return err
	}
	return nil
}

// EOF is silent: it is expected.
func EOF(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "EOF")
	defer span.End()
	err := work(ctx)
	if err == io.EOF {
		span.RecordError(err)
		return err
	}
	return nil
}

// NoRows is silent: it is expected.
func NoRows(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "NoRows")
	defer span.End()
	err := work(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		span.RecordError(err)
		return err
	}
	return nil
}

// Fallback is silent: something else is tried.
func Fallback(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Fallback")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
	}
	return work(ctx)
}

// Swallowed is silent: the function succeeds.
func Swallowed(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Swallowed")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
		return nil
	}
	return nil
}

// Default is silent: it returns something else.
func Default(ctx context.Context) int {
	ctx, span := tracer.Start(ctx, "Default")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
		return 1
	}
	return 2
}

// Retry is silent: it goes on.
func Retry(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Retry")
	defer span.End()
	for {
		err := work(ctx)
		if err == nil {
			return nil
		}
		span.RecordError(err)
	}
}

// GoesOn is silent: the rest is done.
func GoesOn(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "GoesOn")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
	}
	work(ctx)
}

// Borrowed is silent: the owner sets the status.
func Borrowed(ctx context.Context) error {
	span := trace.SpanFromContext(ctx)
	if err := work(ctx); err != nil {
		span.RecordError(err)
		return err
	}
	return nil
}

// Parameter is silent: the caller sets the status.
func Parameter(ctx context.Context, span trace.Span) error {
	if err := work(ctx); err != nil {
		span.RecordError(err)
		return err
	}
	return nil
}

// Returned is silent: the caller has the span.
func Returned(ctx context.Context) (trace.Span, error) {
	ctx, span := tracer.Start(ctx, "Returned")
	if err := work(ctx); err != nil {
		span.RecordError(err)
		return span, err
	}
	return span, nil
}

type keeper struct{ span trace.Span }

func (k *keeper) end(err error) {
	k.span.SetStatus(codes.Error, err.Error())
	k.span.End()
}

// Kept is silent: another method sets the status.
func (k *keeper) Kept(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Kept")
	k.span = span
	if err := work(ctx); err != nil {
		span.RecordError(err)
		return err
	}
	return nil
}

// Unset is silent: the status is set on purpose.
func Unset(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Unset")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Unset, "")
		return err
	}
	return nil
}

// DeferredAndSet is silent: the function sets the status itself, where it fails.
func DeferredAndSet(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "DeferredAndSet")
	defer func() {
		if err != nil {
			span.RecordError(err)
		}
		span.End()
	}()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, "work")
		return err
	}
	return nil
}

// DeferredBoth is silent: the deferred function sets the status as well.
func DeferredBoth(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "DeferredBoth")
	defer span.End()
	defer func() {
		if err != nil {
			span.RecordError(err)
			span.SetStatus(codes.Error, "work")
		}
	}()
	return work(ctx)
}

// DeferredFiltered is silent: the deferred function tells errors apart.
func DeferredFiltered(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "DeferredFiltered")
	defer func() {
		if err != nil && !errors.Is(err, io.EOF) {
			span.RecordError(err)
		}
		span.End()
	}()
	return work(ctx)
}

// DeferredClean is silent: what is recorded there is not what the function
// returns.
func DeferredClean(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "DeferredClean")
	var late error
	defer func() {
		if late != nil {
			span.RecordError(late)
		}
		span.End()
	}()
	late = work(ctx)
	return nil
}

// DeferredRecovery is silent: the deferred function takes the error back.
func DeferredRecovery(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "DeferredRecovery")
	defer func() {
		if err != nil {
			span.RecordError(err)
			err = nil
		}
		span.End()
	}()
	return work(ctx)
}

// DeferredHelper is silent: the helper gets the span, and may set its status.
func DeferredHelper(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "DeferredHelper")
	defer func() {
		if err != nil {
			span.RecordError(err)
			_ = fail(span, err)
		}
		span.End()
	}()
	return work(ctx)
}
