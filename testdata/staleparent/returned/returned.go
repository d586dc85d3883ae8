// Package returned has functions that return the context of a span, and end the span
// when they return.
package returned

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("returned")

type userKey struct{}

// Authenticate puts the user into the context of its own span.
func Authenticate(ctx context.Context, token string) (context.Context, error) {
	ctx, span := tracer.Start(ctx, "authenticate")
	defer span.End()
	if token == "" {
		return ctx, errors.New("no token")
	}
	return context.WithValue(ctx, userKey{}, token), nil // want `^context.WithValue\(ctx, userKey{}, token\) is returned with span in it, which ends here, so what the caller starts with it is under a span that is over$`
}

// Tenant returns the context as it is.
func Tenant(ctx context.Context, id string) context.Context {
	tenantCtx, span := tracer.Start(ctx, "tenant")
	defer span.End()
	_ = check(tenantCtx, id)
	return tenantCtx // want `tenantCtx is returned with span in it`
}

// Begin starts what a job does, and tells others of it. Silent: the span is there to be
// above what they do, and what the caller does.
func Begin(ctx context.Context, carrier propagation.MapCarrier) context.Context {
	jobCtx, span := tracer.Start(ctx, "job")
	defer span.End()
	otel.GetTextMapPropagator().Inject(jobCtx, carrier)
	return jobCtx
}

// Right puts it into the context that it was given. Silent.
func Right(ctx context.Context, token string) (context.Context, error) {
	spanCtx, span := tracer.Start(ctx, "authenticate")
	defer span.End()
	if err := check(spanCtx, token); err != nil {
		return nil, err
	}
	return context.WithValue(ctx, userKey{}, token), nil
}

// Failed returns the context with errors only. Silent: who gets one goes no further.
func Failed(ctx context.Context, token string) (context.Context, error) {
	spanCtx, span := tracer.Start(ctx, "authenticate")
	defer span.End()
	if err := check(spanCtx, token); err != nil {
		return spanCtx, err
	}
	return ctx, nil
}

// Restored puts the outer span back. Silent.
func Restored(ctx context.Context, token string) context.Context {
	outer := trace.SpanFromContext(ctx)
	ctx, span := tracer.Start(ctx, "restore")
	defer span.End()
	ctx = context.WithValue(ctx, userKey{}, token)
	return trace.ContextWithSpan(ctx, outer)
}

// Start leaves the span open. Silent: the caller ends it.
func Start(ctx context.Context) (context.Context, trace.Span) {
	ctx, span := tracer.Start(ctx, "start")
	return ctx, span
}

// Root makes the root of what follows. Silent: nothing else would be above that.
func Root() context.Context {
	ctx, span := tracer.Start(context.Background(), "root")
	defer span.End()
	return ctx
}

// Inner returns it from a literal, to itself. Silent: the span is open there.
func Inner(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "inner")
	defer span.End()
	with := func() context.Context { return context.WithValue(ctx, userKey{}, "x") }
	return check(with(), "x")
}

// Kept is as it should be: the comment gives the reason. Silent.
func Kept(ctx context.Context) context.Context {
	ctx, span := tracer.Start(ctx, "enqueue")
	defer span.End()
	// on purpose: the jobs are to be siblings under the span of the queue
	return ctx
}

func check(ctx context.Context, token string) error {
	_, span := tracer.Start(ctx, "check")
	defer span.End()
	if token == "" {
		return errors.New("no token")
	}
	return nil
}
