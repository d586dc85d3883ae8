// Package deferred evaluates errors when the defer statement runs.
package deferred

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("deferred")

func work(context.Context) error { return nil }

func Named(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Named")
	defer span.End()
	defer span.RecordError(err) // want `^err is evaluated when the defer statement runs, so what it is set to on line 20 is never recorded$`
	err = work(ctx)
	return err
}

func Declared(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Declared")
	defer span.End()
	var err error
	defer span.RecordError(err) // want `err is evaluated when the defer statement runs`
	if err = work(ctx); err != nil {
		return err
	}
	return nil
}

func Returned(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Returned")
	defer span.End()
	defer span.RecordError(err, trace.WithStackTrace(true)) // want `err is evaluated when the defer statement runs, so what the function returns is never recorded`
	return work(ctx)
}

// Failed is silent: the error is known by then.
func Failed(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Failed")
	defer span.End()
	if err := work(ctx); err != nil {
		span.SetStatus(codes.Error, err.Error())
		defer span.RecordError(err)
		return err
	}
	return nil
}

// Closure is silent: it reads the variable when it runs.
func Closure(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "Closure")
	defer span.End()
	defer func() {
		if err != nil {
			span.RecordError(err)
			span.SetStatus(codes.Error, err.Error())
		}
	}()
	err = work(ctx)
	return err
}

// Before is silent: it is set before, and not again.
func Before(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "Before")
	defer span.End()
	err := work(ctx)
	span.SetStatus(codes.Error, "x")
	defer span.RecordError(err)
	return nil
}
