// Package composed makes middlewares of others, in the right order.
package composed

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
	"github.com/justinas/alice"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

var tracer = otel.Tracer("composed")

type web struct{ store *backend.Store }

func (s *web) orders(w http.ResponseWriter, r *http.Request) {
	if _, err := s.store.Orders(r.Context()); err != nil {
		http.Error(w, "orders", http.StatusInternalServerError)
	}
}

// auth starts a span.
func auth(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, span := tracer.Start(r.Context(), "auth")
		ok := r.Header.Get("Authorization") != ""
		span.End()
		if !ok {
			http.Error(w, "denied", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// headers needs no span.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "DENY")
		next.ServeHTTP(w, r)
	})
}

type decorator func(http.Handler) http.Handler

func observed(next http.Handler) http.Handler {
	return otelhttp.NewHandler(next, "web")
}

// but leaves some requests alone.
func but(next http.Handler) http.Handler {
	return otelhttp.NewHandler(next, "web", otelhttp.WithFilter(func(r *http.Request) bool { return r.URL.Path != "/orders" }))
}

// first is right: tracing is outermost.
func first(s *web) http.Handler {
	r := chi.NewRouter()
	r.Use(observed)
	r.Use(auth)
	r.Get("/orders", s.orders)
	return r
}

// harmless is right: what runs before needs no span.
func harmless(s *web) http.Handler {
	r := chi.NewRouter()
	r.Use(headers)
	r.Use(func(next http.Handler) http.Handler { return otelhttp.NewHandler(next, "web") })
	r.Get("/orders", s.orders)
	return r
}

// elsewhere is right: of the two that trace, one or the other is registered.
func elsewhere(s *web, old bool) http.Handler {
	r := mux.NewRouter()
	if old {
		r.Use(otelmux.Middleware("shop"))
	} else {
		r.Use(observed)
	}
	r.HandleFunc("/orders", s.orders)
	return r
}

// shared is silent: the one may trace what the other leaves alone.
func shared(s *web) http.Handler {
	r := mux.NewRouter()
	r.Use(otelmux.Middleware("shop"))
	r.Use(but)
	r.HandleFunc("/orders", s.orders)
	return r
}

func inward(h http.Handler, list ...decorator) http.Handler {
	for i := len(list) - 1; i >= 0; i-- {
		h = list[i](h)
	}
	return h
}

func outward(h http.Handler, list ...decorator) http.Handler {
	for _, around := range list {
		h = around(h)
	}
	return h
}

// every second one only: which is outside is not said.
func second(h http.Handler, list ...decorator) http.Handler {
	for i, around := range list {
		if i%2 == 0 {
			h = around(h)
		}
	}
	return h
}

// outside is right: the first of the list is outermost.
func outside(s *web) http.Handler {
	return inward(http.HandlerFunc(s.orders), observed, auth)
}

// inside is right: here the last is.
func inside(s *web) http.Handler {
	return outward(http.HandlerFunc(s.orders), auth, observed)
}

// some is silent: it is not known which are put around.
func some(s *web) http.Handler {
	return second(http.HandlerFunc(s.orders), observed, auth)
}

// all makes one middleware of several.
func all(list ...decorator) decorator {
	return func(next http.Handler) http.Handler {
		return inward(next, list...)
	}
}

// composed is right.
func composed(s *web) http.Handler {
	return all(observed, auth)(http.HandlerFunc(s.orders))
}

// chained is right: a chain has the outermost first.
func chained(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/orders", chi.Chain(observed, auth).HandlerFunc(s.orders))
	mux.Handle("/list", alice.New(observed, auth).ThenFunc(s.orders))
	return mux
}

// apart is right: each route has its own chain, and none has two.
func apart(s *web) http.Handler {
	base := alice.New(headers)
	traced := base.Append(observed)
	mux := http.NewServeMux()
	mux.Handle("/orders", traced.ThenFunc(s.orders))
	mux.Handle("/list", traced.Append(auth).ThenFunc(s.orders))
	mux.Handle("/health", base.ThenFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }))
	return mux
}
