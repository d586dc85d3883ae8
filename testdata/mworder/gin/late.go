// Package gin has gin engines whose order of registration is wrong.
package gin

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

var tracer = otel.Tracer("gin")

type shop struct {
	store *backend.Store
}

func (s *shop) list(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "list")
	defer span.End()
	orders, err := s.store.Orders(ctx)
	if err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.JSON(http.StatusOK, orders)
}

func (s *shop) create(c *gin.Context) {
	if _, err := s.store.UserOf(c.Request.Context(), c.Query("token")); err != nil {
		c.AbortWithStatus(http.StatusForbidden)
		return
	}
	c.Status(http.StatusCreated)
}

// OneRoute registers a route before tracing: gin copies the chain into the
// route when it is registered.
func OneRoute(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery()) // want `recovery runs outside tracing`
	r.GET("/orders", s.list)
	r.Use(otelgin.Middleware("shop")) // want `^tracing is registered after GET /orders on line 46, whose requests get no server span$`
	r.POST("/orders", s.create)
	return r
}

// ManyRoutes has all routes before it.
func ManyRoutes(s *shop) http.Handler {
	engine := gin.Default() // want `recovery runs outside tracing`
	engine.POST("/orders", s.create)
	engine.GET("/orders", s.list)
	engine.Use(otelgin.Middleware("shop")) // want `^tracing is registered after 2 routes, the first of them POST /orders on line 55, whose requests get no server span$`
	return engine
}

// InAList registers tracing with others, after the route.
func InAList(s *shop) *gin.Engine {
	r := gin.Default()
	r.GET("/orders", s.list)
	r.Use(middleware.RequestID(), otelgin.Middleware("shop"), gin.Recovery()) // want `tracing is registered after GET /orders on line 64`
	r.GET("/more", s.list)
	return r
}

// OtherVerbs uses Handle with a method.
func OtherVerbs(s *shop) *gin.Engine {
	r := gin.New()
	r.Handle(http.MethodPut, "/orders/:id", s.create)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after PUT /orders/:id on line 73`
	return r
}

// AnyVerb answers every method.
func AnyVerb(s *shop) *gin.Engine {
	r := gin.New()
	r.Any("/hooks", s.create)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after .*/hooks on line 81, whose requests get no server span`
	return r
}

// SomeVerbs answers two methods.
func SomeVerbs(s *shop) *gin.Engine {
	r := gin.New()
	r.Match([]string{http.MethodGet, http.MethodPost}, "/hooks", s.create)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after .*/hooks on line 89, whose requests get no server span`
	return r
}

// AfterNoise has routes that nobody wants to trace before it, and one that
// does work.
func AfterNoise(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/livez", handlers.Live)
	r.GET("/version", handlers.Version("v1"))
	r.GET("/orders", s.list)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after .*GET /orders on line 100`
	return r
}

// PathOfTheCaller has no constant path.
func PathOfTheCaller(s *shop, prefix string) *gin.Engine {
	r := gin.New()
	r.GET(prefix+"/orders", s.list)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after a route on line 108`
	return r
}

// Constant has the path in a constant.
func Constant(s *shop) *gin.Engine {
	const ordersPath = "/orders"
	r := gin.New()
	r.GET(ordersPath, s.list)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 117`
	return r
}

// Literal works in a function literal.
func Literal(store *backend.Store) *gin.Engine {
	r := gin.New()
	r.GET("/orders", func(c *gin.Context) {
		orders, err := store.Orders(c.Request.Context())
		if err != nil {
			_ = c.Error(err)
			return
		}
		c.JSON(http.StatusOK, orders)
	})
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 125`
	return r
}

// orderAPI is implemented in a package that this one does not know.
type orderAPI interface {
	List(c *gin.Context)
}

// NotSeen has handlers of this module whose bodies are not seen.
func NotSeen(api orderAPI) *gin.Engine {
	r := gin.New()
	r.GET("/orders", api.List)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 145`
	return r
}

// OtherPackage has handlers of another package.
func OtherPackage(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.GET("/orders", orders.List)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 153`
	r.POST("/orders", orders.Create)
	return r
}

// WhenEnabled registers tracing under a condition: when it holds, the route
// before it has no span.
func WhenEnabled(s *shop, enabled bool) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	if enabled {
		r.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 163`
	}
	return r
}

// Chained calls the one on the other's result.
func Chained(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list).Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 173`
	return r
}

// Renamed is a project's own name for otelgin.
func Renamed(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	r.Use(middleware.Telemetry("shop")) // want `tracing is registered after GET /orders on line 180`
	return r
}

// ByHand is tracing that a package of the project wrote.
func ByHand(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	r.Use(middleware.Trace("shop")) // want `tracing is registered after GET /orders on line 188`
	return r
}

// Wrapped runs tracing on some of the routes.
func Wrapped(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	r.Use(middleware.ExcludeRoutes(otelgin.Middleware("shop"), "/livez")) // want `tracing is registered after GET /orders on line 196`
	return r
}

// InAVariable keeps the middleware.
func InAVariable(s *shop) *gin.Engine {
	tracing := otelgin.Middleware("shop", otelgin.WithSpanStartOptions())
	r := gin.New()
	r.GET("/orders", s.list)
	r.Use(tracing) // want `tracing is registered after GET /orders on line 205`
	return r
}
