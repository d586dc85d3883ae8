package bridges

import (
	"context"
	"net/http"

	"go.opencensus.io/trace"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

func censusStatusAfterEnd(ctx context.Context, value string) error {
	ctx, span := trace.StartSpan(ctx, "save")
	err := work.Save(ctx, value)
	span.End()
	if err != nil {
		span.SetStatus(trace.Status{Code: trace.StatusCodeUnknown, Message: err.Error()}) // want `^span\.SetStatus comes after span\.End on line 15, so it is lost$`
	}
	return err
}

func censusNameAfterEnd(ctx context.Context, id string) {
	ctx, span := trace.StartSpan(ctx, "load")
	value, _ := work.Load(ctx, id)
	span.End()
	span.SetName("load " + value) // want `^span\.SetName comes after span\.End on line 25, so it is lost$`
}

func censusDeferredStatus(ctx context.Context, value string) (err error) {
	ctx, span := trace.StartSpan(ctx, "save")
	defer func() {
		if err != nil {
			span.SetStatus(trace.Status{Code: trace.StatusCodeUnknown}) // want `^span\.SetStatus is deferred before span\.End on line 36 and so runs after it: it is lost$`
		}
	}()
	defer span.End()
	return work.Save(ctx, value)
}

func censusInLoop(ctx context.Context, ids []string) {
	for _, id := range ids {
		itemCtx, span := trace.StartSpan(ctx, "item")
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
		_, _ = work.Load(itemCtx, id)
	}
}

func censusBorrowed(w http.ResponseWriter, r *http.Request) {
	span := trace.FromContext(r.Context())
	// want +1 `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	defer span.End()
	span.AddAttributes(trace.StringAttribute("user", r.PathValue("user")))
	w.WriteHeader(http.StatusNoContent)
}

func censusChained(w http.ResponseWriter, r *http.Request) {
	defer trace.FromContext(r.Context()).End() // want `\.End ends a span that this function does not own, so what its owner records later is lost$`
	_, _ = work.Load(r.Context(), r.PathValue("id"))
}

// Silent: its own span, with the status set before the end.
func censusRight(w http.ResponseWriter, r *http.Request) {
	ctx, span := trace.StartSpan(r.Context(), "serve")
	defer span.End()
	if _, err := work.Load(ctx, r.PathValue("id")); err != nil {
		span.SetStatus(trace.Status{Code: trace.StatusCodeNotFound})
	}
}

// Silent: the borrowed span gets an attribute and stays open.
func censusLeftOpen(w http.ResponseWriter, r *http.Request) {
	trace.FromContext(r.Context()).AddAttributes(trace.BoolAttribute("seen", true))
	w.WriteHeader(http.StatusNoContent)
}

// Silent: its own span, put into the context by hand and taken out of it.
func censusOwnFromContext(w http.ResponseWriter, r *http.Request) {
	_, span := trace.StartSpan(r.Context(), "serve")
	ctx := trace.NewContext(r.Context(), span)
	_, _ = work.Load(ctx, r.PathValue("id"))
	trace.FromContext(ctx).End()
}
