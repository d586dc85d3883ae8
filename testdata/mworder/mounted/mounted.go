// Package mounted has routers in routers, behind small interfaces, and the default
// one of net/http.
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

// mountedEarly: the routes are where they were mounted.
func mountedEarly(s *web) *fiber.App {
	app, sub := fiber.New(), fiber.New()
	sub.Get("/orders", s.all)
	app.Mount("/api", sub)
	app.Use(otelfiber.Middleware()) // want `tracing is registered after the group /api on line 42, whose requests get no server span`
	return app
}

// filledLate has the routes come last, but not the mount.
func filledLate(s *web) *fiber.App {
	app, sub := fiber.New(), fiber.New()
	app.Mount("/api", sub)
	app.Use(otelfiber.Middleware()) // want `tracing is registered after the group /api on line 50, whose requests get no server span`
	sub.Get("/orders", s.all)
	return app
}

// mountedTwice traces in both.
func mountedTwice(s *web) *fiber.App {
	app, sub := fiber.New(), fiber.New()
	sub.Use(otelfiber.Middleware())
	sub.Get("/orders", s.all)
	app.Use(otelfiber.Middleware()) // want `tracing is registered twice, first on line 59`
	app.Mount("/api", sub)
	return app
}

// defaults has the default mux wrapped, and a handler in it.
func defaults(s *web) error {
	http.Handle("/orders", otelhttp.NewHandler(http.HandlerFunc(s.orders), "orders"))
	return http.ListenAndServe(":8080", otelhttp.NewHandler(http.DefaultServeMux, "web")) // want `tracing is registered twice, first on line 68`
}

// routed has a router that traces in a mux that is wrapped.
func routed(s *web) http.Handler {
	r := mux.NewRouter()
	r.Use(otelmux.Middleware("shop"))
	r.HandleFunc("/orders", s.orders)
	top := http.NewServeMux()
	top.Handle("/api/", http.StripPrefix("/api", r))
	return otelhttp.NewHandler(top, "web") // want `tracing is registered twice, first on line 75`
}

// Registry is what the program makes of its router.
type Registry interface {
	Use(list ...gin.HandlerFunc)
	Get(path string, h gin.HandlerFunc)
}

type engine struct{ gin *gin.Engine }

func (e *engine) Use(list ...gin.HandlerFunc)        { e.gin.Use(list...) }
func (e *engine) Get(path string, h gin.HandlerFunc) { e.gin.GET(path, h) }

func newRegistry() Registry { return &engine{gin.New()} }

// behind has its router behind the interface.
func behind(s *web) Registry {
	r := newRegistry()
	r.Get("/orders", s.list)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after the routes of r.Get on line 98, whose requests get no server span`
	return r
}

// Feature registers its routes.
type Feature interface{ Register(r gin.IRouter) }

type orders struct{ web *web }

func (o *orders) Register(r gin.IRouter) { r.GET("/orders", o.web.list) }

type health struct{}

func (health) Register(r gin.IRouter) {
	r.GET("/health", func(c *gin.Context) { c.Status(http.StatusOK) })
}

// features knows which type is behind the interface: it has made it.
func features(s *web) *gin.Engine {
	r := gin.New()
	var f Feature = &orders{s}
	f.Register(r)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after the routes of f.Register on line 120`
	return r
}
