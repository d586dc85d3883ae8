// Package wrappers starts its spans with the shop's own layer, and imports
// nothing of OpenTelemetry.
package wrappers

import (
	"context"
	"net/http"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

// API is the struct of the handlers.
type API struct {
	orders *service.Orders
	repo   *store.Orders
}

// StartSpan uses the wrapper that returns a span.
func (a *API) StartSpan(ctx context.Context, id string) (store.Order, error) {
	_, span := telemetry.StartSpan(ctx, "API.StartSpan") // want `the context of span is dropped and ctx is used on line 24,`
	defer span.End()
	return a.orders.Load(ctx, id)
}

// NewSpan uses the one with the parameters the other way round.
func (a *API) NewSpan(ctx context.Context, id string) (it store.Order, err error) {
	_, span := telemetry.NewSpan("api", ctx) // want `the context of span is dropped and ctx is used on line 31,`
	defer func() { telemetry.End(span, err) }()
	it, err = a.orders.Load(ctx, id)
	return it, err
}

// Begin uses the one that returns a struct.
func (a *API) Begin(ctx context.Context, it store.Order) (err error) {
	_, op := telemetry.Begin(ctx, "API.Begin") // want `the context of op is dropped and ctx is used on line 39,`
	defer op.Finish(&err)
	return a.orders.Place(ctx, it)
}

// Open uses the one that returns an interface.
func (a *API) Open(ctx context.Context, it store.Order) error {
	_, sp := telemetry.Open(ctx, "API.Open") // want `the context of sp is dropped and ctx is used on line 47,`
	defer sp.Close()
	sp.Tag("id", it.ID)
	return a.orders.Place(ctx, it)
}

// Trace uses the one that returns a function.
func (a *API) Trace(ctx context.Context, it store.Order) error {
	_, end := telemetry.Trace(ctx, "API.Trace") // want `the context of end is dropped and ctx is used on line 54,`
	defer end()
	return a.orders.Place(ctx, it)
}

// TraceByHand calls the function after the work.
func (a *API) TraceByHand(ctx context.Context, it store.Order) error {
	_, done := telemetry.Trace(ctx, "API.TraceByHand") // want `the context of done is dropped and ctx is used on line 60,`
	err := a.orders.Place(ctx, it)
	done()
	return err
}

// Request hands the request to the wrapper and works on its old context.
func (a *API) Request(w http.ResponseWriter, r *http.Request) {
	_, span := telemetry.FromRequest(r, "API.Request") // want `the context of span is dropped`
	defer span.End()
	it, err := a.orders.Load(r.Context(), r.PathValue("id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	_, _ = w.Write([]byte(it.ID))
}

// startOrder starts a span and returns what ends it.
func (a *API) startOrder(ctx context.Context, name string) (context.Context, func(error)) {
	ctx, span := telemetry.StartSpan(ctx, "order."+name)
	return ctx, func(err error) { telemetry.End(span, err) }
}

// Local uses a wrapper of the package that returns a function with a parameter.
func (a *API) Local(ctx context.Context, it store.Order) (err error) {
	_, finish := a.startOrder(ctx, "local") // want `the context of finish is dropped and ctx is used on line 87,`
	defer func() { finish(err) }()
	err = a.repo.Save(ctx, it)
	return err
}
