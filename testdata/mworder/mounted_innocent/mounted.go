// Package mounted has routers in routers, and behind small interfaces, in the
// right order.
package mounted

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/contrib/otelfiber/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/mux"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

type web struct{ store *backend.Store }

func (s *web) orders(w http.ResponseWriter, r *http.Request) {
	if _, err := s.store.Orders(r.Context()); err != nil {
		http.Error(w, "orders", http.StatusInternalServerError)
	}
}

func (s *web) list(c *gin.Context) {
	if _, err := s.store.Orders(c.Request.Context()); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
	}
}

func (s *web) all(c *fiber.Ctx) error {
	_, err := s.store.Orders(c.UserContext())
	return err
}

// filledEarly is right: the routes come to the app when they are mounted.
func filledEarly(s *web) *fiber.App {
	app, sub := fiber.New(), fiber.New()
	sub.Get("/orders", s.all)
	app.Use(otelfiber.Middleware())
	app.Mount("/api", sub)
	return app
}

// apart is right: the app that is mounted traces, and the other does not.
func apart(s *web) *fiber.App {
	app, sub := fiber.New(), fiber.New()
	sub.Use(otelfiber.Middleware())
	sub.Get("/orders", s.all)
	app.Mount("/api", sub)
	return app
}

// defaults is right: only what is in the mux traces.
func defaults(s *web) error {
	http.Handle("/orders", otelhttp.NewHandler(http.HandlerFunc(s.orders), "orders"))
	http.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	return http.ListenAndServe(":8080", http.DefaultServeMux)
}

// whole is right: the mux is traced as a whole.
func whole(s *web) http.Handler {
	r := mux.NewRouter()
	r.HandleFunc("/orders", s.orders)
	top := http.NewServeMux()
	top.Handle("/api/", r)
	return otelhttp.NewHandler(top, "web")
}

// split is right: two muxes, each of which traces in its own way.
func split(s *web) (http.Handler, http.Handler) {
	r := mux.NewRouter()
	r.Use(otelmux.Middleware("shop"))
	r.HandleFunc("/orders", s.orders)
	public, inner := http.NewServeMux(), http.NewServeMux()
	public.Handle("/api/", r)
	inner.HandleFunc("/orders", s.orders)
	return public, otelhttp.NewHandler(inner, "inner")
}

// Registry has two implementations: which one is behind it is not known.
type Registry interface {
	Use(list ...gin.HandlerFunc)
	Get(path string, h gin.HandlerFunc)
}

type engine struct{ gin *gin.Engine }

func (e *engine) Use(list ...gin.HandlerFunc)        { e.gin.Use(list...) }
func (e *engine) Get(path string, h gin.HandlerFunc) { e.gin.GET(path, h) }

// later registers its routes when all middlewares are there.
type later struct {
	gin    *gin.Engine
	routes map[string]gin.HandlerFunc
}

func (l *later) Use(list ...gin.HandlerFunc)        { l.gin.Use(list...) }
func (l *later) Get(path string, h gin.HandlerFunc) { l.routes[path] = h }

// either is silent: it may be the one that is right.
func either(r Registry, s *web) {
	r.Get("/orders", s.list)
	r.Use(otelgin.Middleware("shop"))
}

// known is right: it has made the one that registers late.
func known(s *web) Registry {
	var r Registry = &later{gin: gin.New(), routes: map[string]gin.HandlerFunc{}}
	r.Get("/orders", s.list)
	r.Use(otelgin.Middleware("shop"))
	return r
}
