// Package innocent_phases has spans that are siblings, each ended before the
// next one starts and before the old context is used.
package innocent_phases

import (
	"context"
	"errors"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

var tracer = otel.Tracer("phases")

var errInvalid = errors.New("invalid")

func validate(it store.Order) error {
	if it.ID == "" {
		return errInvalid
	}
	return nil
}

func closeSpan(span trace.Span, err error) {
	if err != nil {
		span.RecordError(err)
	}
	span.End()
}

// Phases has two leaf spans in a row and works after them.
func Phases(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, v := tracer.Start(ctx, "validate")
	err := validate(it)
	v.End()
	if err != nil {
		return err
	}

	_, e := tracer.Start(ctx, "enrich")
	it.Amount++
	e.End()

	return svc.Place(ctx, it)
}

// Helper ends the span with a helper before the old context is used.
func Helper(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "validate")
	err := validate(it)
	closeSpan(span, err)
	if err != nil {
		return err
	}
	return svc.Place(ctx, it)
}

// OtherPackage ends it with a helper of another package.
func OtherPackage(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, span := telemetry.StartSpan(ctx, "validate")
	err := validate(it)
	telemetry.End(span, err)
	return errors.Join(err, svc.Place(ctx, it))
}

// Function ends it through the function that it got.
func Function(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, end := telemetry.Trace(ctx, "validate")
	err := validate(it)
	end()
	if err != nil {
		return err
	}
	return svc.Place(ctx, it)
}

// Literal confines the span to a literal that is called on the spot.
func Literal(ctx context.Context, svc *service.Orders, it store.Order) error {
	err := func() error {
		_, span := tracer.Start(ctx, "validate")
		defer span.End()
		return validate(it)
	}()
	if err != nil {
		return err
	}
	return svc.Place(ctx, it)
}

// EachBranch ends the span in both branches before it goes on.
func EachBranch(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "decide")
	if it.Amount > 100 {
		span.SetAttributes(attribute.Bool("large", true))
		span.End()
	} else {
		span.AddEvent("small")
		span.End()
	}
	return svc.Place(ctx, it)
}

// OnlyInBranch has its span in a branch that ends it.
func OnlyInBranch(ctx context.Context, svc *service.Orders, it store.Order, strict bool) error {
	if strict {
		_, span := tracer.Start(ctx, "strict")
		err := validate(it)
		span.End()
		if err != nil {
			return err
		}
	}
	return svc.Place(ctx, it)
}

// LoopBody works at the head of each turn, when the span of the turn before has
// ended.
func LoopBody(ctx context.Context, svc *service.Orders, ids []string) error {
	for _, id := range ids {
		it, err := svc.Load(ctx, id)
		if err != nil {
			return err
		}
		_, span := tracer.Start(ctx, "score")
		it.Amount *= 2
		span.SetAttributes(attribute.Int64("score", it.Amount))
		span.End()
	}
	return nil
}

// Switch ends the leaf in the arms that go on.
func Switch(ctx context.Context, svc *service.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "route")
	switch {
	case it.Amount == 0:
		span.End()
		return nil
	case it.Amount < 0:
		span.SetAttributes(attribute.Bool("refund", true))
		span.End()
		return svc.Place(ctx, store.Order{ID: "refund-" + it.ID})
	default:
		span.End()
	}
	return svc.Place(ctx, it)
}

// DeferOrder flushes in a defer that stands before the span's: it runs after
// the span's End.
func DeferOrder(ctx context.Context, svc *service.Orders, it store.Order) {
	defer svc.Place(ctx, it)
	_, span := tracer.Start(ctx, "prepare")
	defer span.End()
	time.Sleep(time.Millisecond)
}

// QueueAndRun measures the wait and the run with spans side by side.
func QueueAndRun(ctx context.Context, svc *service.Orders, slot chan struct{}, id string) error {
	_, queued := tracer.Start(ctx, "queued")
	select {
	case slot <- struct{}{}:
		queued.End()
	case <-ctx.Done():
		queued.End()
		return ctx.Err()
	}
	defer func() { <-slot }()

	ctx, run := tracer.Start(ctx, "run")
	defer run.End()
	_, err := svc.Load(ctx, id)
	return err
}
