// Package innocent_onpurpose uses the old context because that is what its
// authors want, and says so.
package innocent_onpurpose

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

var tracer = otel.Tracer("onpurpose")

// Once gives the new context to one call, on purpose, and the outer one to the
// rest.
func Once(ctx context.Context, svc *service.Orders, it store.Order) error {
	checkCtx, check := tracer.Start(ctx, "check")
	defer check.End()
	if _, err := svc.Load(checkCtx, it.ID); err != nil {
		return err
	}
	return svc.Place(ctx, it)
}

// OnceWrapped does so with the shop's own layer.
func OnceWrapped(ctx context.Context, svc *service.Orders, it store.Order) (err error) {
	loadCtx, op := telemetry.Begin(ctx, "load")
	_, err = svc.Load(loadCtx, it.ID)
	if err == nil {
		err = svc.Place(ctx, it)
	}
	op.Finish(&err)
	return err
}

// PutByHand puts the span on another context on the next line.
func PutByHand(ctx context.Context, svc *service.Orders, id string) error {
	_, span := tracer.Start(ctx, "PutByHand")
	defer span.End()
	bg := trace.ContextWithSpan(context.Background(), span)
	_, err := svc.Load(bg, id)
	return err
}

// PutOnOld puts it on the old context, under the old name.
func PutOnOld(ctx context.Context, svc *service.Orders, id string) error {
	_, span := tracer.Start(ctx, "PutOnOld", trace.WithAttributes(attribute.String("id", id)))
	defer span.End()
	ctx = trace.ContextWithSpan(ctx, span)
	_, err := svc.Load(ctx, id)
	return err
}

// PutSpanContext carries the span's identity over to a detached context.
func PutSpanContext(ctx context.Context, svc *service.Orders, id string) error {
	_, span := tracer.Start(ctx, "PutSpanContext")
	defer span.End()
	detached := trace.ContextWithSpanContext(context.WithoutCancel(ctx), span.SpanContext())
	detached, cancel := context.WithTimeout(detached, time.Second)
	defer cancel()
	_, err := svc.Load(detached, id)
	return err
}

// PutThere hands it over in the call.
func PutThere(ctx context.Context, svc *service.Orders, id string) error {
	_, span := tracer.Start(ctx, "PutThere")
	defer span.End()
	_, err := svc.Load(trace.ContextWithSpan(ctx, span), id)
	return err
}

// Overlapping has two spans that overlap by design: both belong to the caller.
func Overlapping(ctx context.Context, svc *service.Orders, it store.Order) error {
	// The span of the whole request must not become the parent of the phases:
	// they are siblings on purpose, as in the dashboard.
	_, whole := tracer.Start(ctx, "whole")
	defer whole.End()
	return svc.Place(ctx, it)
}

// Commented says at the use why the old context is right.
func Commented(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "cache fill")
	defer span.End()
	// belongs to the caller's span, not to the cache fill
	return svc.Place(ctx, it)
}

// Restored keeps the outer context and goes back to it after the inner span.
func Restored(ctx context.Context, svc *service.Orders, it store.Order) error {
	outer := ctx
	ctx, span := tracer.Start(ctx, "inner")
	_, err := svc.Load(ctx, it.ID)
	span.End()
	if err != nil {
		return err
	}
	ctx = outer
	return svc.Place(ctx, it)
}

// Shadowed has the new context in a block of its own, and the old one after.
func Shadowed(ctx context.Context, svc *service.Orders, it store.Order) error {
	{
		ctx, span := tracer.Start(ctx, "block")
		_, err := svc.Load(ctx, it.ID)
		span.End()
		if err != nil {
			return err
		}
	}
	return svc.Place(ctx, it)
}

// Fresh works on a context that has nothing to do with the span's parent.
func Fresh(ctx, jobCtx context.Context, svc *service.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "enqueue")
	defer span.End()
	return svc.Place(jobCtx, it)
}

// Replaced starts a second span whose context takes the old name: the work is
// under that one, which starts under the first.
func Replaced(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, wait := tracer.Start(ctx, "wait")
	time.Sleep(time.Millisecond)
	wait.End()
	ctx, run := tracer.Start(ctx, "run")
	defer run.End()
	return svc.Place(ctx, it)
}

// Linked links the new root instead of hanging on it.
func Linked(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "publish")
	defer span.End()
	jobCtx, job := tracer.Start(ctx, "job", trace.WithNewRoot(), trace.WithLinks(trace.Link{SpanContext: span.SpanContext()}))
	defer job.End()
	return svc.Place(jobCtx, it)
}

// StartOnly hands span and old context to the caller, who has both.
func StartOnly(ctx context.Context, name string) (context.Context, trace.Span) {
	_, span := tracer.Start(ctx, name)
	return trace.ContextWithSpan(ctx, span), span
}

// Stored hands the span to an owner that puts it on contexts itself.
type Stored struct{ span trace.Span }

// Ctx puts it on.
func (s *Stored) Ctx(ctx context.Context) context.Context {
	return trace.ContextWithSpan(ctx, s.span)
}

// Load opens an owner and asks it.
func (s *Stored) Load(ctx context.Context, svc *service.Orders, id string) error {
	_, s.span = tracer.Start(ctx, "stored")
	defer s.span.End()
	_, err := svc.Load(s.Ctx(ctx), id)
	return err
}
