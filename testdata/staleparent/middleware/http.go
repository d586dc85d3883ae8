package middleware

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
	"go.opentelemetry.io/otel/trace"
)

// HTTP calls the next handler with the request that it got.
func HTTP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "auth") // want `ctx is not put on the request before next\.ServeHTTP`
		defer span.End()
		if _, err := authorize(ctx, r.Header.Get("Authorization")); err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// HTTPFunc wraps a function.
func HTTPFunc(h http.HandlerFunc) http.HandlerFunc {
	return func(rw http.ResponseWriter, req *http.Request) {
		ctx, s := tracer.Start(req.Context(), "func", trace.WithSpanKind(trace.SpanKindServer)) // want `ctx is not put on the request before h`
		_, err := authorize(ctx, req.FormValue("t"))
		if err != nil {
			s.End()
			rw.WriteHeader(http.StatusForbidden)
			return
		}
		h(rw, req)
		s.End()
	}
}

// limits is a middleware as a struct.
type limits struct {
	next http.Handler
	tr   trace.Tracer
}

// ServeHTTP implements http.Handler.
func (l *limits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, span := l.tr.Start(r.Context(), "limits") // want `ctx is not put on the request before l\.next\.ServeHTTP`
	defer span.End()
	if _, err := authorize(ctx, r.RemoteAddr); err != nil {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	l.next.ServeHTTP(w, r)
}

// Chi registers a literal.
func Chi(r chi.Router) {
	r.Use(func(next http.Handler) http.Handler {
		fn := func(w http.ResponseWriter, r *http.Request) {
			ctx, span := tracer.Start(r.Context(), "chi") // want `ctx is not put on the request before next\.ServeHTTP`
			defer span.End()
			if _, err := authorize(ctx, chi.URLParam(r, "tenant")); err != nil {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			next.ServeHTTP(w, r)
		}
		return http.HandlerFunc(fn)
	})
}

// Mux returns gorilla's type.
func Mux(header string) mux.MiddlewareFunc {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx := r.Context()
			authCtx, span := tracer.Start(ctx, "mux") // want `authCtx is not put on the request before next\.ServeHTTP`
			defer span.End()
			if _, err := authorize(authCtx, r.Header.Get(header)); err != nil {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// Phase has a span in a phase of the middleware, before the handlers run: the
// request that they get must not carry it.
func Phase(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			_, span := tracer.Start(r.Context(), "authorize") // want `the context of span is dropped and r\.Context\(\) is used on line`
			_, _ = authorize(r.Context(), "t")
			span.End()
		}
		next.ServeHTTP(w, r)
	})
}
