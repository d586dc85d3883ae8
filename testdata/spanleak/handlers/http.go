package handlers

import (
	"encoding/json"
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// ChiRoutes registers literals with chi.
func ChiRoutes(r chi.Router) {
	r.Route("/items", func(r chi.Router) {
		r.Get("/{id}", func(w http.ResponseWriter, req *http.Request) {
			ctx, span := tracer.Start(req.Context(), "chi.get") // want `span is not ended on the path that returns on line 21,`
			it, err := find(ctx, chi.URLParam(req, "id"))
			if err != nil {
				http.Error(w, err.Error(), http.StatusNotFound)
				return
			}
			span.End()
			_ = json.NewEncoder(w).Encode(it)
		})
		r.With(ChiMiddleware).Post("/", func(w http.ResponseWriter, req *http.Request) {
			_, span := tracer.Start(req.Context(), "chi.post")
			defer span.End()
			w.WriteHeader(http.StatusCreated)
		})
	})
}

// ChiMiddleware rejects a request with its span open.
func ChiMiddleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx, span := tracer.Start(req.Context(), "chi.middleware") // want `span is not ended on the path that returns on line 40,`
		if req.ContentLength > 1<<20 {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		next.ServeHTTP(w, req.WithContext(ctx))
		span.End()
	})
}

// Handler implements http.Handler.
type Handler struct {
	tracer trace.Tracer
	next   http.Handler
}

// ServeHTTP has three ways out, and ends the span on two.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, span := h.tracer.Start(r.Context(), "ServeHTTP") // want `span is not ended on the path that returns on line 62,`
	span.SetAttributes(attribute.String("method", r.Method))
	switch r.Method {
	case http.MethodGet:
		h.next.ServeHTTP(w, r.WithContext(ctx))
	case http.MethodOptions:
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		http.Error(w, "method", http.StatusMethodNotAllowed)
	}
	span.End()
}

// Abort panics with the value that makes net/http drop the connection: the
// server recovers, goes on, and the span is lost.
func Abort(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Abort") // want `span is not ended on the path that panics on line 74,`
	if _, err := find(ctx, r.PathValue("id")); err != nil {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusNoContent)
	span.End()
}

// Transport is a client's middleware.
type Transport struct {
	base http.RoundTripper
}

// RoundTrip leaks the span of a request that fails.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, span := tracer.Start(req.Context(), "RoundTrip", trace.WithSpanKind(trace.SpanKindClient)) // want `span is not ended on the path that returns on line 91,`
	resp, err := t.base.RoundTrip(req.WithContext(ctx))
	if err != nil {
		span.RecordError(err)
		return nil, err
	}
	span.SetAttributes(attribute.Int("status", resp.StatusCode))
	span.End()
	return resp, nil
}

// BodyTransport hands its span to the body: who closes the body ends it. The
// error path ends it by hand.
type BodyTransport struct {
	base http.RoundTripper
}

// RoundTrip wraps the body.
func (t *BodyTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, span := tracer.Start(req.Context(), "BodyTransport.RoundTrip")
	resp, err := t.base.RoundTrip(req.WithContext(ctx))
	if err != nil {
		span.RecordError(err)
		span.End()
		return nil, err
	}
	resp.Body = &tracedBody{ReadCloser: resp.Body, span: span}
	return resp, nil
}

type tracedBody struct {
	io.ReadCloser
	span trace.Span
}

func (b *tracedBody) Close() error {
	defer b.span.End()
	return b.ReadCloser.Close()
}

// Right wraps a handler and defers.
func Right(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), r.Pattern)
		defer span.End()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
