// Package wrapping has net/http handlers, and routers of that kind, whose
// layers are in the wrong order.
package wrapping

import (
	"log/slog"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

var tracer = otel.Tracer("wrapping")

type web struct {
	store *backend.Store
}

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

// users asks the database.
func (s *web) users(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := s.store.UserOf(r.Context(), r.Header.Get("Authorization")); err != nil {
			http.Error(w, "denied", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// logged reads the id after the handler: the request out here has none.
func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		slog.Info("request", "path", r.URL.Path, "trace_id", trace.SpanContextFromContext(r.Context()).TraceID())
	})
}

// traced is tracing by hand.
func traced(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := otel.GetTextMapPropagator().Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := tracer.Start(ctx, r.Pattern, trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// AuthOutside wraps the traced handler.
func AuthOutside(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", s.orders)
	return auth(otelhttp.NewHandler(mux, "server")) // want `^auth runs before tracing, which is registered on line 76, so its spans are in a trace of their own$`
}

// StepByStep wraps in statements: the last is the outermost.
func StepByStep(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", s.orders)
	var h http.Handler = mux
	h = otelhttp.NewHandler(h, "server")
	h = s.users(h) // want `users runs before tracing, which is registered on line 84, so what it calls is not in the request's trace`
	return h
}

// InTheServer has the layers in the server's literal.
func InTheServer(s *web) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", s.orders)
	handler := otelhttp.NewHandler(mux, "server")
	return &http.Server{
		Addr:    ":8080",
		Handler: logged(handler), // want `logged runs before tracing, which is registered on line 93, so it finds no trace id`
	}
}

// Served wraps where it serves.
func Served(s *web) error {
	http.HandleFunc("GET /orders", s.orders)
	return http.ListenAndServe(":8080", auth(otelhttp.NewHandler(http.DefaultServeMux, "server"))) // want `auth runs before tracing, which is registered on line 103, so its spans`
}

// PerRoute wraps one route.
func PerRoute(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /orders", auth(otelhttp.NewHandler(http.HandlerFunc(s.orders), "orders"))) // want `auth runs before tracing, which is registered on line 109, so its spans`
	return mux
}

// HandWritten has the project's own tracing inside.
func HandWritten(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", s.orders)
	return s.users(traced(mux)) // want `users runs before tracing, which is registered on line 117, so what it calls`
}

// InsideAndOutside traces the route and the mux around it.
func InsideAndOutside(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /orders", otelhttp.NewHandler(http.HandlerFunc(s.orders), "orders"))
	return otelhttp.NewHandler(mux, "server") // want `tracing is registered twice, first on line 123, so each request has two server spans`
}

// WrappedTwice has two layers of the same.
func WrappedTwice(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", s.orders)
	inner := otelhttp.NewHandler(mux, "server")
	return otelhttp.NewHandler(auth(inner), "edge") // want `tracing is registered twice, first on line 131, so each request has two server spans`
}

// Composed applies a list, the last one outermost.
func Composed(s *web) http.Handler {
	var h http.Handler = http.HandlerFunc(s.orders)
	for _, wrap := range []func(http.Handler) http.Handler{
		otelhttp.NewMiddleware("server"),
		auth, // want `auth runs before tracing, which is registered on line \d+, so its spans`
	} {
		h = wrap(h)
	}
	return h
}
