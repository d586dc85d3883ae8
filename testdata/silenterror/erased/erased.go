// Package erased sets the status to Ok after an error.
package erased

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
)

var tracer = otel.Tracer("erased")

func work(context.Context) error { return nil }

func FallsThrough(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "FallsThrough")
	defer span.End()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.SetStatus(codes.Ok, "") // want `^span.SetStatus sets Ok, which erases the error that line 20 set$`
}

func Deferred(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Deferred")
	defer span.End()
	defer func() {
		span.SetStatus(codes.Ok, "done") // want `erases the error that line 32 set`
	}()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	return nil
}

func Handler(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Handler")
	defer span.End()
	if err := work(ctx); err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, "failed")
		w.WriteHeader(500)
	}
	span.SetStatus(codes.Ok, "") // want `erases the error`
}

// Returned is silent: the error does not get there.
func Returned(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Returned")
	defer span.End()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	span.SetStatus(codes.Ok, "")
	return nil
}

// Else is silent: one or the other.
func Else(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Else")
	defer span.End()
	err := work(ctx)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	} else {
		span.SetStatus(codes.Ok, "")
	}
	return err
}

// Correlated is silent: the two tests are the same.
func Correlated(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Correlated")
	defer span.End()
	err := work(ctx)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	work(ctx)
	if err == nil {
		span.SetStatus(codes.Ok, "")
	}
	return err
}

// Retried is silent: the last try counts.
func Retried(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Retried")
	defer span.End()
	var err error
	for range 3 {
		if err = work(ctx); err != nil {
			span.SetStatus(codes.Error, err.Error())
			continue
		}
		span.SetStatus(codes.Ok, "")
		return nil
	}
	return err
}

// OtherSpan is silent: two spans.
func OtherSpan(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "OtherSpan")
	defer span.End()
	_, inner := tracer.Start(ctx, "inner")
	inner.SetStatus(codes.Error, "failed")
	inner.End()
	span.SetStatus(codes.Ok, "")
}
