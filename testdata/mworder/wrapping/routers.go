package wrapping

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	chimw "github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/mux"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// Chi runs auth before tracing.
func Chi(s *web) http.Handler {
	r := chi.NewRouter()
	r.Use(chimw.RequestID)
	r.Use(auth) // want `^auth runs before tracing, which is registered on line 19, so its spans are in a trace of their own$`
	r.Use(otelchi.Middleware("shop", otelchi.WithChiRoutes(r)))
	r.Get("/orders", s.orders)
	return r
}

// ChiList has both in a list.
func ChiList(s *web) chi.Router {
	r := chi.NewRouter()
	r.Use(chimw.RealIP, logged, otelhttp.NewMiddleware("shop")) // want `logged runs before tracing, which is registered on line 27, so it finds no trace id`
	r.Get("/orders", s.orders)
	return r
}

// ChiSubRouter traces a sub-router, below the outer router's auth.
func ChiSubRouter(s *web) chi.Router {
	r := chi.NewRouter()
	r.Use(auth) // want `auth runs before tracing, which is registered on line 37, so its spans`
	r.Route("/api", func(r chi.Router) {
		r.Use(otelchi.Middleware("shop"))
		r.Get("/orders", s.orders)
	})
	return r
}

// ChiWith has an inline list.
func ChiWith(s *web) chi.Router {
	r := chi.NewRouter()
	r.With(s.users, otelchi.Middleware("shop")).Get("/orders", s.orders) // want `users runs before tracing, which is registered on line 46, so what it calls`
	return r
}

// ChiTwice mounts a router that traces under one that traces.
func ChiTwice(s *web) chi.Router {
	api := chi.NewRouter()
	api.Use(otelchi.Middleware("api"))
	api.Get("/orders", s.orders)
	r := chi.NewRouter()
	r.Use(otelchi.Middleware("shop")) // want `tracing is registered twice, first on line 53, so each request has two server spans`
	r.Mount("/api", api)
	return r
}

// ChiGroupTwice traces inside a traced router.
func ChiGroupTwice(s *web) chi.Router {
	r := chi.NewRouter()
	r.Use(otelchi.Middleware("shop"))
	r.Group(func(r chi.Router) {
		r.Use(otelchi.Middleware("orders")) // want `tracing is registered twice, first on line 64, so each request has two server spans`
		r.Get("/orders", s.orders)
	})
	return r
}

// ChiAround wraps a router that traces.
func ChiAround(s *web) http.Handler {
	r := chi.NewRouter()
	r.Use(otelchi.Middleware("shop"))
	r.Get("/orders", s.orders)
	return otelhttp.NewHandler(r, "server") // want `tracing is registered twice, first on line 75, so each request has two server spans`
}

// Gorilla runs users before tracing.
func Gorilla(s *web) *mux.Router {
	r := mux.NewRouter()
	r.Use(s.users) // want `users runs before tracing, which is registered on line 84, so what it calls is not in the request's trace`
	r.Use(otelmux.Middleware("shop"))
	r.HandleFunc("/orders", s.orders)
	return r
}

// GorillaSub traces a subrouter: the parent's middlewares always run first.
func GorillaSub(s *web) *mux.Router {
	r := mux.NewRouter()
	api := r.PathPrefix("/api").Subrouter()
	api.Use(otelmux.Middleware("shop"))
	api.HandleFunc("/orders", s.orders)
	r.Use(auth) // want `auth runs before tracing, which is registered on line 93, so its spans`
	return r
}

// GorillaTwice has both the router's and the server's.
func GorillaTwice(s *web) *http.Server {
	r := mux.NewRouter()
	r.Use(otelmux.Middleware("shop"))
	r.HandleFunc("/orders", s.orders)
	return &http.Server{Addr: ":8080", Handler: otelhttp.NewHandler(r, "server")} // want `tracing is registered twice, first on line 102, so each request has two server spans`
}
