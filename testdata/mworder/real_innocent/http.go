// Package real has set-ups as real programs have them, in which nothing is
// wrong.
package real

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	chimw "github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/mux"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("real")

// list is a handler that starts a span: wherever it is, it is traced here.
func list(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "list")
	defer span.End()
	w.WriteHeader(http.StatusOK)
}

// live only replies.
func live(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

// requestID touches headers and nothing else.
func requestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", r.Header.Get("X-Request-Id"))
		next.ServeHTTP(w, r)
	})
}

// timing logs without the context.
func timing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		next.ServeHTTP(w, r)
		slog.Info("request", "path", r.URL.Path, "took", time.Since(begin))
	})
}

// renamed names the span, which is there: it is further in than tracing.
func renamed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		trace.SpanFromContext(r.Context()).SetName(r.Method + " " + chi.RouteContext(r.Context()).RoutePattern())
	})
}

// Outermost has tracing around everything.
func Outermost() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", list)
	mux.HandleFunc("GET /healthz", live)
	return otelhttp.NewHandler(timing(requestID(mux)), "api")
}

// HeadersOutside has middlewares outside that need no span.
func HeadersOutside() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", list)
	return requestID(timing(otelhttp.NewHandler(mux, "api")))
}

// Stripped has the library's wrapper between.
func Stripped() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", list)
	return http.StripPrefix("/api", otelhttp.NewHandler(http.TimeoutHandler(mux, time.Second, "late"), "api"))
}

// Servers has one mux on two servers, with one layer each.
func Servers() (public, internal *http.Server) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", list)
	public = &http.Server{Addr: ":443", Handler: otelhttp.NewHandler(mux, "public")}
	internal = &http.Server{Addr: ":8080", Handler: otelhttp.NewHandler(mux, "internal")}
	return public, internal
}

// EachRoute instruments the routes, and not the mux.
func EachRoute() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, h http.HandlerFunc) {
		mux.Handle(pattern, otelhttp.NewHandler(h, pattern))
	}
	handle("GET /orders", list)
	handle("POST /orders", list)
	mux.HandleFunc("GET /healthz", live)
	return mux
}

// Optional traces if it is asked to, in either of two ways.
func Optional(outside bool) http.Handler {
	mux := http.NewServeMux()
	var h http.Handler = http.HandlerFunc(list)
	if outside {
		mux.Handle("GET /orders", h)
		return otelhttp.NewHandler(mux, "api")
	}
	mux.Handle("GET /orders", otelhttp.NewHandler(h, "list"))
	return mux
}

// Named renames the span further in.
func Named(enabled bool) *chi.Mux {
	r := chi.NewRouter()
	if enabled {
		r.Use(otelhttp.NewMiddleware("api"))
		r.Use(renamed)
	}
	r.Use(chimw.RequestID, chimw.Recoverer)
	r.Get("/orders", list)
	return r
}

// Inline traces some routes only.
func Inline() *chi.Mux {
	r := chi.NewRouter()
	r.Use(chimw.RequestID)
	r.Get("/healthz", live)
	r.Group(func(r chi.Router) {
		r.Use(otelchi.Middleware("api"))
		r.Get("/orders", list)
	})
	r.Route("/admin", func(r chi.Router) {
		r.With(otelchi.Middleware("admin")).Get("/orders", list)
	})
	return r
}

// Mounted has two routers with tracing each, beside each other.
func Mounted() *chi.Mux {
	api := chi.NewRouter()
	api.Use(otelchi.Middleware("api"))
	api.Get("/orders", list)
	admin := chi.NewRouter()
	admin.Use(otelchi.Middleware("admin"))
	admin.Get("/orders", list)
	r := chi.NewRouter()
	r.Mount("/api", api)
	r.Mount("/admin", admin)
	return r
}

// Late registers on a gorilla router after its routes, which makes no
// difference there.
func Late() *mux.Router {
	r := mux.NewRouter()
	api := r.PathPrefix("/api").Subrouter()
	api.HandleFunc("/orders", list).Methods(http.MethodGet)
	r.Use(otelmux.Middleware("api"))
	return r
}

// Beside has tracing on two subrouters that do not meet.
func Beside() *mux.Router {
	r := mux.NewRouter()
	r.Use(requestID, timing)
	api := r.PathPrefix("/api").Subrouter()
	api.Use(otelmux.Middleware("api"))
	api.Path("/orders").HandlerFunc(list)
	admin := r.PathPrefix("/admin").Subrouter()
	admin.Use(otelmux.Middleware("admin"))
	admin.Path("/orders").HandlerFunc(list)
	return r
}

// Filtered leaves to one layer what the other filters out.
func Filtered() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /download", otelhttp.NewHandler(http.HandlerFunc(list), "download"))
	mux.HandleFunc("GET /orders", list)
	return otelhttp.NewHandler(mux, "api", otelhttp.WithFilter(func(r *http.Request) bool {
		return !strings.HasPrefix(r.URL.Path, "/download")
	}))
}
