// Package library registers on routers of its callers. What they have
// registered before is not known, so all of this is silent without a main.
package library

import (
	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// Routes registers routes, perhaps before tracing.
func Routes(r *gin.Engine, orders *handlers.Orders) {
	r.GET("/orders", orders.List)
}

// Tracing registers tracing, perhaps after routes.
func Tracing(r *gin.Engine) {
	r.Use(otelgin.Middleware("library"))
}

// Guard registers what needs the span, perhaps before tracing.
func Guard(r gin.IRoutes, orders *handlers.Orders) {
	r.Use(middleware.Guard(orders.Store))
}

// Group makes a group, perhaps before tracing.
func Group(r *gin.Engine, orders *handlers.Orders) *gin.RouterGroup {
	api := r.Group("/api")
	api.GET("/orders", orders.List)
	return api
}

// Echo traces a group of the caller's.
func Echo(g *echo.Group) {
	g.Use(otelecho.Middleware("library"))
}

// Engine makes an engine without tracing, which the caller may wrap.
func Engine(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Guard(orders.Store))
	Routes(r, orders)
	return r
}

// Traced has all in the right order.
func Traced(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	Tracing(r)
	Guard(r, orders)
	Group(r, orders)
	return r
}
