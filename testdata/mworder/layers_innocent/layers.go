// Package layers has tracing in several places of one program, each of which sees
// requests that the others do not.
package layers

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/labstack/echo/v4"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

type web struct{ store *backend.Store }

func (s *web) orders(w http.ResponseWriter, r *http.Request) {
	if _, err := s.store.Orders(r.Context()); err != nil {
		http.Error(w, "orders", http.StatusInternalServerError)
	}
}

func (s *web) list(c echo.Context) error {
	_, err := s.store.Orders(c.Request().Context())
	return err
}

// observed puts the library's handler around the next one.
func observed(next http.Handler) http.Handler { return otelhttp.NewHandler(next, "web") }

// nothing is a middleware that is none.
func nothing(next http.Handler) http.Handler { return next }

// gateway is right: the handler traces what comes in, the client what goes out.
func gateway(s *web) (http.Handler, *grpc.ClientConn, error) {
	conn, err := grpc.NewClient("orders:9090", grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithStatsHandler(otelgrpc.NewClientHandler()))
	if err != nil {
		return nil, nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/orders", s.orders)
	return otelhttp.NewHandler(mux, "gateway"), conn, nil
}

// bothSides is right: a server and a client.
func bothSides() (*grpc.Server, *grpc.ClientConn, error) {
	server := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler()))
	conn, err := grpc.NewClient("orders:9090", grpc.WithStatsHandler(otelgrpc.NewClientHandler()))
	return server, conn, err
}

// twoServers is right: each has one.
func twoServers() (*grpc.Server, *grpc.Server) {
	public := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler()))
	private := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler()))
	return public, private
}

// oneEach is right: every route is traced by itself, and the mux is not.
func oneEach(s *web) http.Handler {
	mux := http.NewServeMux()
	for _, path := range []string{"/orders", "/list"} {
		mux.Handle(path, otelhttp.NewHandler(http.HandlerFunc(s.orders), path))
	}
	return mux
}

// helper is right, too: the function is called for each route.
func helper(s *web) http.Handler {
	mux := http.NewServeMux()
	handle := func(path string, h http.HandlerFunc) {
		mux.Handle(path, otelhttp.NewHandler(h, path))
	}
	handle("/orders", s.orders)
	handle("/list", s.orders)
	return mux
}

// outgoing is right: a transport traces what a client sends.
func outgoing(s *web) (http.Handler, *http.Client) {
	client := &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
	return observed(http.HandlerFunc(s.orders)), client
}

// mounted is right: what is mounted leaves it to the router.
func mounted(s *web) http.Handler {
	sub := chi.NewRouter()
	sub.Use(nothing)
	sub.Get("/orders", s.orders)
	r := chi.NewRouter()
	r.Use(otelchi.Middleware("shop"))
	r.Mount("/api", sub)
	return r
}

// groups is right: two groups, each of which traces.
func groups(s *web) http.Handler {
	r := chi.NewRouter()
	r.Group(func(r chi.Router) {
		r.Use(otelchi.Middleware("public"))
		r.Get("/orders", s.orders)
	})
	r.Group(func(r chi.Router) {
		r.Use(observed)
		r.Get("/list", s.orders)
	})
	return r
}

// with is right: the routes that are traced are not those of the group.
func with(s *web) http.Handler {
	r := chi.NewRouter()
	r.With(observed).Get("/orders", s.orders)
	r.With(nothing, observed).Get("/list", s.orders)
	return r
}

// routed is right: the inner mux is traced, and the outer only leads there.
func routed(s *web) http.Handler {
	inner := http.NewServeMux()
	inner.HandleFunc("/orders", s.orders)
	outer := http.NewServeMux()
	outer.Handle("/api/", http.StripPrefix("/api", observed(inner)))
	outer.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	return outer
}

// bounded is right: what is around tracing needs no span.
func bounded(s *web) http.Handler {
	return http.TimeoutHandler(observed(http.HandlerFunc(s.orders)), time.Second, "late")
}

// adapted is right: the library's handler comes first.
func adapted(s *web) *echo.Echo {
	e := echo.New()
	e.Use(echo.WrapMiddleware(observed))
	e.GET("/orders", s.list)
	return e
}

// passed is right: a middleware that does nothing does not make two of one.
func passed(s *web) http.Handler {
	h := nothing(observed(nothing(http.HandlerFunc(s.orders))))
	return nothing(h)
}

// either is right: each request goes through one of the two.
func either(s *web, router bool) http.Handler {
	r := chi.NewRouter()
	if router {
		r.Use(otelchi.Middleware("shop"))
	}
	r.Get("/orders", s.orders)
	if router {
		return r
	}
	return observed(r)
}

// multiplexed is silent: of what a server of gRPC does with a request that is passed
// on to it nothing is said.
func multiplexed(s *web) http.Handler {
	server := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler()))
	mux := http.NewServeMux()
	mux.HandleFunc("/orders", s.orders)
	mux.Handle("/", server)
	return mux
}
