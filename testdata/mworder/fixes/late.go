// Package fixes has registrations that can be moved: all that they mention is
// there at the new place.
package fixes

import (
	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
)

const service = "shop"

// Route moves Use before the route.
func Route(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery()) // want `recovery runs outside tracing`
	r.GET("/orders", orders.List)
	r.Use(otelgin.Middleware(service)) // want `tracing is registered after GET /orders on line \d+`
	return r
}

// Comments keeps the comments with what they are about.
func Comments(orders *handlers.Orders) *gin.Engine {
	r := gin.New()

	// The orders of all customers.
	r.GET("/orders", orders.List) // read only

	// Traces every request.
	r.Use(otelgin.Middleware(service)) // want `tracing is registered after GET /orders on line \d+`

	// Writes an order.
	r.POST("/orders", orders.Create)
	return r
}

// Group moves Use before the group.
func Group(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	api := r.Group("/api")
	r.Use(otelgin.Middleware(service)) // want `tracing is registered after the group /api on line \d+`
	{
		api.GET("/orders", orders.List)
	}
	return r
}

// Parameters mentions a parameter, which is there from the start.
func Parameters(orders *handlers.Orders, name string, tp *sdktrace.TracerProvider) *gin.Engine {
	engine := gin.New()
	engine.GET("/orders", orders.List)
	engine.Use(otelgin.Middleware(name, otelgin.WithTracerProvider(tp))) // want `tracing is registered after GET /orders on line \d+`
	return engine
}

// Earlier mentions a variable that is set before the engine is made.
func Earlier(orders *handlers.Orders) *gin.Engine {
	name := service + "-api"
	tracing := otelgin.Middleware(name)
	r := gin.New()
	r.GET("/orders", orders.List)
	r.POST("/orders", orders.Create)
	r.Use(tracing) // want `tracing is registered after 2 routes, the first of them GET /orders on line \d+`
	return r
}

// EchoGroup moves the group's.
func EchoGroup(a *Handlers) *echo.Echo {
	e := echo.New()
	g := e.Group("/api")
	g.GET("/orders", a.List)
	g.Use(otelecho.Middleware(service)) // want `tracing is registered after GET (/api)?/orders on line \d+`
	return e
}

// Handlers has an echo handler.
type Handlers struct {
	Orders *handlers.Orders
}

// List asks the database.
func (h *Handlers) List(c echo.Context) error {
	_, err := h.Orders.Store.Orders(c.Request().Context())
	return err
}

// AfterProbes is right, and leaves probes untraced on purpose.
func AfterProbes(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.GET("/livez", handlers.Live)
	r.Use(otelgin.Middleware(service))
	r.GET("/orders", orders.List)
	return r
}

// BetweenProbes stays behind the probe, before the first route that works.
func BetweenProbes(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.GET("/livez", handlers.Live)
	r.GET("/orders", orders.List)
	r.Use(otelgin.Middleware(service)) // want `tracing is registered after .*GET /orders on line \d+`
	return r
}

// Helper moves Use before the call that registers the routes.
func Helper(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	register(r, orders)
	r.Use(otelgin.Middleware(service)) // want `tracing is registered after the routes of register on line \d+`
	return r
}

func register(r *gin.Engine, orders *handlers.Orders) { r.GET("/orders", orders.List) }
