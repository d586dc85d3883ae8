package wrappers

import (
	"context"

	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

// Reversed uses the wrapper that returns the span first.
func (a *API) Reversed(ctx context.Context, it store.Order) error {
	span, _ := telemetry.StartReversed(ctx, "API.Reversed") // want `the context of span is dropped and ctx is used on line 14,`
	defer span.End()
	return a.orders.Place(ctx, it)
}

// Logger uses the logger that is a span.
func (a *API) Logger(ctx context.Context, id string) (store.Order, error) {
	log, _ := telemetry.NewSpanLogger(ctx, "API.Logger") // want `the context of log is dropped and ctx is used on line 21,`
	defer log.Finish()
	return a.repo.Find(ctx, id)
}

// LoggerRight takes the context.
func (a *API) LoggerRight(ctx context.Context, id string) (store.Order, error) {
	log, ctx := telemetry.NewSpanLogger(ctx, "API.LoggerRight")
	defer log.Finish()
	return a.repo.Find(ctx, id)
}

// Fails uses the wrapper that can fail.
func (a *API) Fails(ctx context.Context, id string) (store.Order, error) {
	_, span, err := telemetry.StartErr(ctx, "API.Fails") // want `the context of span is dropped and ctx is used on line 38,`
	if err != nil {
		return store.Order{}, err
	}
	defer span.End()
	return a.repo.Find(ctx, id)
}

// Silenced has a name for what it drops.
func (a *API) Silenced(ctx context.Context, it store.Order) (err error) {
	opCtx, op := telemetry.Begin(ctx, "API.Silenced") // want `the context of op is dropped and ctx is used on line 46,`
	defer op.Finish(&err)
	_ = opCtx // not needed
	return a.orders.Place(ctx, it)
}

// Middle starts on a context of its own, under the same name in a block.
func (a *API) Middle(ctx context.Context, items ...store.Order) (err error) {
	for _, it := range items {
		if err = func(ctx context.Context) error {
			_, end := telemetry.Trace(ctx, "API.Middle") // want `the context of end is dropped and ctx is used on line 55,`
			defer end()
			return a.orders.Place(ctx, it)
		}(ctx); err != nil {
			return err
		}
	}
	return nil
}

// WithSpan works on the context that the literal gets, which is the one of
// the span.
func (a *API) WithSpan(ctx context.Context, it store.Order) error {
	return telemetry.WithSpan(ctx, "API.WithSpan", func(ctx context.Context) error {
		return a.orders.Place(ctx, it)
	})
}
