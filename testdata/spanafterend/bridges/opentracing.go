// Package bridges holds the same faults with OpenTracing and OpenCensus, whose
// spans programs still start, behind a bridge or not.
package bridges

import (
	"context"
	"net/http"

	"github.com/opentracing/opentracing-go"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

func finishInLoop(ctx context.Context, ids []string) {
	for _, id := range ids {
		span, ctx := opentracing.StartSpanFromContext(ctx, "item")
		defer span.Finish() // want `^deferred span\.\w+ runs when the function returns, so the span of each iteration stays open until then$`
		_, _ = work.Load(ctx, id)
	}
}

func finishTooEarly(ctx context.Context, id string) (string, error) {
	span, ctx := opentracing.StartSpanFromContext(ctx, "load")
	span.Finish() // want `^span\.\w+ comes before the work that its context is passed to, so the span has no duration$`
	return work.Load(ctx, id)
}

func finishBorrowed(w http.ResponseWriter, r *http.Request) {
	span := opentracing.SpanFromContext(r.Context())
	defer span.Finish() // want `^span\.\w+ ends a span that this function does not own, so what its owner records later is lost$`
	span.SetTag("user", r.PathValue("user"))
	w.WriteHeader(http.StatusNoContent)
}

func finishChained(w http.ResponseWriter, r *http.Request) {
	_, _ = work.Load(r.Context(), r.PathValue("id"))
	opentracing.SpanFromContext(r.Context()).Finish() // want `ends a span that this function does not own, so what its owner records later is lost$`
	w.WriteHeader(http.StatusNoContent)
}

// Silent: its own span, finished last.
func finishRight(w http.ResponseWriter, r *http.Request) {
	span, ctx := opentracing.StartSpanFromContext(r.Context(), "serve")
	defer span.Finish()
	_, err := work.Load(ctx, r.PathValue("id"))
	span.SetTag("error", err != nil)
	w.WriteHeader(http.StatusNoContent)
}

// Silent: its own span, started by hand as a child of the borrowed one.
func finishChild(w http.ResponseWriter, r *http.Request) {
	parent := opentracing.SpanFromContext(r.Context())
	if parent == nil {
		return
	}
	span := parent.Tracer().StartSpan("child", opentracing.ChildOf(parent.Context()))
	defer span.Finish()
	parent.SetTag("children", 1)
	ctx := opentracing.ContextWithSpan(r.Context(), span)
	_, _ = work.Load(ctx, r.PathValue("id"))
}

// Silent: its own span, taken from the context that it was put in.
func finishOwnFromContext(w http.ResponseWriter, r *http.Request) {
	_, ctx := opentracing.StartSpanFromContext(r.Context(), "serve")
	_, _ = work.Load(ctx, r.PathValue("id"))
	opentracing.SpanFromContext(ctx).Finish()
}
