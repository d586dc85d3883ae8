// Package composed makes middlewares of others: by functions that put a library's
// handler around the one that comes next, by loops over lists, by chains.
package composed

import (
	"net/http"
	"os"

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

// decorator is what the program calls a middleware.
type decorator func(http.Handler) http.Handler

// observed puts the library's handler around the next one.
func observed(next http.Handler) http.Handler {
	return otelhttp.NewHandler(next, "web")
}

// observedAs does so by a name.
func observedAs(name string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler { return otelhttp.NewHandler(next, name) }
}

// declared registers the function itself, too late.
func declared(s *web) http.Handler {
	r := chi.NewRouter()
	r.Use(auth) // want `auth runs before tracing, which is registered on line 60, so its spans are in a trace of their own`
	r.Use(observed)
	r.Get("/orders", s.orders)
	return r
}

// made registers what another function makes.
func made(s *web) http.Handler {
	r := chi.NewRouter()
	r.Use(auth) // want `auth runs before tracing, which is registered on line 69`
	r.Use(observedAs("orders"))
	r.Get("/orders", s.orders)
	return r
}

// literal registers a literal.
func literal(s *web) http.Handler {
	r := mux.NewRouter()
	r.Use(auth) // want `auth runs before tracing, which is registered on line 78`
	r.Use(func(next http.Handler) http.Handler { return otelhttp.NewHandler(next, "literal") })
	r.HandleFunc("/orders", s.orders)
	return r
}

// both has the router's own tracing, too.
func both(s *web) http.Handler {
	r := mux.NewRouter()
	r.Use(otelmux.Middleware("shop"))
	r.Use(observed) // want `tracing is registered twice, first on line 86, so each request has two server spans`
	r.HandleFunc("/orders", s.orders)
	return r
}

// maybe traces only where it is switched on.
func maybe(next http.Handler) http.Handler {
	if os.Getenv("TRACE") == "" {
		return next
	}
	return otelhttp.NewHandler(next, "web")
}

// switched has two where the environment asks for it.
func switched(s *web) http.Handler {
	r := mux.NewRouter()
	r.Use(otelmux.Middleware("shop"))
	r.Use(maybe) // want `tracing is registered twice`
	r.HandleFunc("/orders", s.orders)
	return r
}

// inward puts the last of the list around h first.
func inward(h http.Handler, list ...decorator) http.Handler {
	for i := len(list) - 1; i >= 0; i-- {
		h = list[i](h)
	}
	return h
}

// mirrored does the same by another count.
func mirrored(h http.Handler, list []func(http.Handler) http.Handler) http.Handler {
	for i := range list {
		h = list[len(list)-1-i](h)
	}
	return h
}

// outward puts the first of the list around h first.
func outward(h http.Handler, list ...func(http.Handler) http.Handler) http.Handler {
	for _, around := range list {
		h = around(h)
	}
	return h
}

func firstOutside(s *web) http.Handler {
	return inward(http.HandlerFunc(s.orders), auth, otelhttp.NewMiddleware("x")) // want `auth runs before tracing`
}

func firstOutsideToo(s *web) http.Handler {
	list := []func(http.Handler) http.Handler{auth, observed} // want `auth runs before tracing`
	return mirrored(http.HandlerFunc(s.orders), list)
}

func lastOutside(s *web) http.Handler {
	return outward(http.HandlerFunc(s.orders), otelhttp.NewMiddleware("x"), auth) // want `auth runs before tracing`
}

// all makes one middleware of several.
func all(list ...decorator) decorator {
	return func(next http.Handler) http.Handler {
		for i := len(list) - 1; i >= 0; i-- {
			next = list[i](next)
		}
		return next
	}
}

func allAtOnce(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/orders", s.orders)
	return all(auth, observed)(mux) // want `auth runs before tracing`
}

// server collects its middlewares.
type server struct {
	mux  *http.ServeMux
	list []decorator
}

func (s *server) use(d decorator) { s.list = append(s.list, d) }

func (s *server) handler() http.Handler {
	var h http.Handler = s.mux
	for i := len(s.list) - 1; i >= 0; i-- {
		h = s.list[i](h)
	}
	return h
}

func collected(w *web) http.Handler {
	s := &server{mux: http.NewServeMux()}
	s.use(auth) // want `auth runs before tracing, which is registered on line 181`
	s.use(observed)
	s.mux.HandleFunc("/orders", w.orders)
	return s.handler()
}

// chained goes through a chain of chi.
func chained(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/orders", chi.Chain(auth, otelhttp.NewMiddleware("x")).HandlerFunc(s.orders)) // want `auth runs before tracing`
	return mux
}

// alices adds to a chain of alice.
func alices(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/orders", s.orders)
	return alice.New(auth).Append(observed).Then(mux) // want `auth runs before tracing`
}

// alicesTwice is around a handler that is traced.
func alicesTwice(s *web) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/orders", otelhttp.NewHandler(http.HandlerFunc(s.orders), "orders"))
	return alice.New(observed).Then(mux) // want `tracing is registered twice, first on line 203`
}
