package deep

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"

	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// Extracted starts its span under what the message carries, and works under what
// the consumer was given: the fix has to name the context where it is used.
func Extracted(ctx context.Context, repo *store.Orders, headers map[string]string) error {
	mctx := otel.GetTextMapPropagator().Extract(ctx, propagation.MapCarrier(headers))
	_, span := tracer.Start(mctx, "Extracted") // want `the context of span is dropped and ctx is used on line 19`
	defer span.End()
	_, err := repo.Find(ctx, headers["id"])
	return err
}

// Valued does the same with a value that the older context does not have.
func Valued(ctx context.Context, repo *store.Orders, id string) error {
	vctx := context.WithValue(ctx, key{}, id)
	_, span := tracer.Start(vctx, "Valued") // want `the context of span is dropped and ctx is used on line 28`
	defer span.End()
	_, err := repo.Find(ctx, id)
	return err
}

type key struct{}

// Bounded has no fix: the work has a deadline that the span's context has not.
func Bounded(ctx context.Context, repo *store.Orders, id string) error {
	bounded, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, span := tracer.Start(ctx, "Bounded") // want `the context of span is dropped and bounded is used on line 40`
	defer span.End()
	_, err := repo.Find(bounded, id)
	return err
}
