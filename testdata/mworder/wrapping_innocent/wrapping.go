// Package wrapping_innocent has net/http handlers, and routers of that kind,
// whose layers are right.
package wrapping_innocent

import (
	"log"
	"net/http"

	"github.com/go-chi/chi/v5"
	chimw "github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/mux"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

type web struct {
	store *backend.Store
}

func (s *web) orders(w http.ResponseWriter, r *http.Request) {
	if _, err := s.store.Orders(r.Context()); err != nil {
		http.Error(w, "orders", http.StatusInternalServerError)
	}
}

func auth(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := otel.Tracer("web").Start(r.Context(), "auth")
		defer span.End()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// headers only writes.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "DENY")
		next.ServeHTTP(w, r)
	})
}

// plain logs without a context.
func plain(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		log.Println(r.Method, r.URL.Path)
		next.ServeHTTP(w, r)
	})
}

// TracingOutside has auth inside, also when auth's span covers the rest.
func TracingOutside(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", s.orders)
	return otelhttp.NewHandler(auth(mux), "server")
}

// HarmlessOutside has layers that need no span outside.
func HarmlessOutside(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", s.orders)
	h := otelhttp.NewHandler(auth(mux), "server")
	return plain(headers(http.TimeoutHandler(h, 5e9, "late")))
}

// StepByStep wraps in statements, tracing last.
func StepByStep(s *web) http.Handler {
	var h http.Handler = http.HandlerFunc(s.orders)
	h = auth(h)
	h = headers(h)
	h = otelhttp.NewHandler(h, "server")
	return h
}

// PerRoute traces some routes and not the probes.
func PerRoute(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.Handle("GET /metrics", promhttp.Handler())
	mux.Handle("GET /orders", otelhttp.NewHandler(auth(http.HandlerFunc(s.orders)), "orders"))
	mux.Handle("GET /export", otelhttp.NewHandler(http.HandlerFunc(s.orders), "export"))
	return mux
}

// WrappedLate registers routes on a mux that is wrapped already: the wrapper
// covers them.
func WrappedLate(s *web) http.Handler {
	mux := http.NewServeMux()
	h := otelhttp.NewHandler(mux, "server")
	mux.HandleFunc("GET /orders", s.orders)
	return h
}

// TwoServers wraps two muxes.
func TwoServers(s *web) (public, admin http.Handler) {
	a, b := http.NewServeMux(), http.NewServeMux()
	a.HandleFunc("GET /orders", s.orders)
	b.HandleFunc("GET /orders", s.orders)
	return otelhttp.NewHandler(a, "public"), otelhttp.NewHandler(b, "admin")
}

// AuthOnAnother wraps a part that is not traced.
func AuthOnAnother(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /internal", auth(http.HandlerFunc(s.orders)))
	mux.Handle("GET /orders", otelhttp.NewHandler(http.HandlerFunc(s.orders), "orders"))
	return mux
}

// ChiPanics registers tracing after a route: chi panics at start-up, which
// nobody overlooks.
func ChiPanics(s *web) http.Handler {
	r := chi.NewRouter()
	r.Get("/orders", s.orders)
	r.Use(otelchi.Middleware("shop"))
	return r
}

// ChiFirst is the order of the documentation.
func ChiFirst(s *web) http.Handler {
	r := chi.NewRouter()
	r.Use(chimw.RequestID, chimw.RealIP, chimw.Recoverer, chimw.Logger) // want `recovery runs outside tracing`
	r.Use(otelchi.Middleware("shop", otelchi.WithChiRoutes(r)))
	r.Use(auth)
	r.Get("/orders", s.orders)
	return r
}

// ChiInline traces a group of routes; those outside are not meant.
func ChiInline(s *web) http.Handler {
	r := chi.NewRouter()
	r.Get("/livez", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	r.Get("/internal", s.orders)
	r.Group(func(r chi.Router) {
		r.Use(otelchi.Middleware("shop"))
		r.With(auth).Get("/orders", s.orders)
	})
	r.Route("/v2", func(r chi.Router) {
		r.Use(otelchi.Middleware("v2"), auth)
		r.Get("/orders", s.orders)
	})
	return r
}

// ChiMounted traces the mounted router alone.
func ChiMounted(s *web) http.Handler {
	api := chi.NewRouter()
	api.Use(otelchi.Middleware("api"))
	api.Get("/orders", s.orders)
	r := chi.NewRouter()
	r.Use(chimw.Logger)
	r.Mount("/api", api)
	r.Mount("/debug", chimw.Profiler())
	return r
}

// GorillaLate works: gorilla applies its middlewares when it has matched.
func GorillaLate(s *web) http.Handler {
	r := mux.NewRouter()
	r.HandleFunc("/orders", s.orders)
	api := r.PathPrefix("/api").Subrouter()
	api.HandleFunc("/orders", s.orders)
	r.Use(otelmux.Middleware("shop"))
	return r
}

// GorillaParent has the parent's tracing after the subrouter's auth: the
// parent's middlewares run first whatever the order.
func GorillaParent(s *web) http.Handler {
	r := mux.NewRouter()
	api := r.PathPrefix("/api").Subrouter()
	api.Use(auth)
	api.HandleFunc("/orders", s.orders)
	r.Use(otelmux.Middleware("shop"))
	return r
}

// GorillaSubs traces each subrouter.
func GorillaSubs(s *web) http.Handler {
	r := mux.NewRouter()
	v1 := r.PathPrefix("/v1").Subrouter()
	v1.Use(otelmux.Middleware("v1"))
	v1.HandleFunc("/orders", s.orders)
	v2 := r.PathPrefix("/v2").Subrouter()
	v2.Use(otelmux.Middleware("v2"), auth)
	v2.HandleFunc("/orders", s.orders)
	return r
}
