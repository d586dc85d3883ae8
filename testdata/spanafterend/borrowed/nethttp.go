// Package borrowed holds functions that serve a request and end the span they
// find in its context, which belongs to the instrumentation around them, and
// what looks like it.
package borrowed

import (
	"context"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

var tracer = otel.Tracer("borrowed")

type userKey struct{}

// Routes puts the handlers behind an instrumentation that owns their spans.
func Routes() http.Handler {
	r := chi.NewRouter()
	r.Use(otelhttp.NewMiddleware("borrowed"), timed)
	r.Get("/deferred", deferred)
	r.Get("/explicit", explicit)
	r.Get("/user/{user}", derived)
	r.Method(http.MethodGet, "/page", &page{title: "page"})
	r.Get("/literal", func(w http.ResponseWriter, r *http.Request) {
		defer trace.SpanFromContext(r.Context()).End() // want `\.End ends a span that this function does not own, so what its owner records later is lost$`
		w.WriteHeader(http.StatusNoContent)
	})
	return r
}

func deferred(w http.ResponseWriter, r *http.Request) {
	span := trace.SpanFromContext(r.Context())
	// want +1 `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	defer span.End()
	span.SetAttributes(attribute.String("user", r.PathValue("user")))
	w.WriteHeader(http.StatusNoContent)
}

func explicit(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	current := trace.SpanFromContext(ctx)
	if _, err := work.Load(ctx, r.PathValue("id")); err != nil {
		current.SetStatus(codes.Error, err.Error())
		current.End() // want `^current\.End ends a span that this function does not own, so what its owner records later is lost$`
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// The context is another one, the span in it is still the request's.
func derived(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	ctx = context.WithValue(ctx, userKey{}, chi.URLParam(r, "user"))
	span := trace.SpanFromContext(ctx)
	defer span.End() // want `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	_, _ = work.Load(ctx, "profile")
	w.WriteHeader(http.StatusNoContent)
}

type page struct{ title string }

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	span := trace.SpanFromContext(r.Context())
	span.SetAttributes(attribute.String("title", p.title))
	// want +1 `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	span.End()
	w.WriteHeader(http.StatusNoContent)
}

// In a deferred closure, where a team also sets the status.
func deferredClosure(w http.ResponseWriter, r *http.Request) {
	var err error
	span := trace.SpanFromContext(r.Context())
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End() // want `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	}()
	_, err = work.Load(r.Context(), r.PathValue("id"))
}

// A middleware that means to time the handlers behind it.
func timed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		span := trace.SpanFromContext(r.Context())
		next.ServeHTTP(w, r)
		span.AddEvent("served")
		// want +1 `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
		span.End()
	})
}

// A constructor of a handler.
func greet(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		defer trace.SpanFromContext(ctx).End() // want `\.End ends a span that this function does not own, so what its owner records later is lost$`
		if err := work.Save(ctx, name); err != nil {
			w.WriteHeader(http.StatusBadRequest)
		}
	}
}

// One span is the handler's own, the other one is not.
func ownAndBorrowed(w http.ResponseWriter, r *http.Request) {
	parent := trace.SpanFromContext(r.Context())
	ctx, span := tracer.Start(r.Context(), "load")
	defer span.End()
	if _, err := work.Load(ctx, r.PathValue("id")); err != nil {
		span.SetStatus(codes.Error, err.Error())
		// want +1 `^parent\.End ends a span that this function does not own, so what its owner records later is lost$`
		parent.End()
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// finish is a helper of the package.
//
// Silent: whose span it ends, its callers know.
func finish(ctx context.Context, err error) {
	span := trace.SpanFromContext(ctx)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
}

func finishedByHelper(w http.ResponseWriter, r *http.Request) {
	_, err := work.Load(r.Context(), r.PathValue("id"))
	finish(r.Context(), err) // want `ends a span that this function does not own, so what its owner records later is lost$`
	w.WriteHeader(http.StatusNoContent)
}

// current is a wrapper that returns what it borrowed.
//
// Silent: nothing ends here.
func current(r *http.Request) trace.Span {
	return trace.SpanFromContext(r.Context())
}

func borrowedByWrapper(w http.ResponseWriter, r *http.Request) {
	span := current(r)
	defer span.End() // want `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	span.AddEvent("hello")
	w.WriteHeader(http.StatusNoContent)
}
