// Package spelling has engines in the wrong order that are written with other
// names: renamed and dot imports, aliases, generics, embedding, tables.
package spelling

import (
	"net/http"

	web "github.com/gin-gonic/gin"
	. "go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	mw "github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// Router is the project's name for gin's engine.
type Router = web.Engine

// Renamed has renamed and dot imports, and an alias.
func Renamed(orders *handlers.Orders) *Router {
	var router *Router = web.New()
	router.GET("/orders", orders.List)
	router.Use(Middleware("shop")) // want `tracing is registered after GET /orders on line 21, whose requests get no server span`
	return router
}

// Constructor has otelgin's function in a variable.
func Constructor(orders *handlers.Orders) http.Handler {
	newTracing := Middleware
	router := web.New()
	router.Use(mw.Guard(orders.Store)) // want `Guard\S* runs before tracing, which is registered on line 31, so its spans`
	router.Use(newTracing("shop"))
	router.GET("/orders", orders.List)
	return router
}

// Bound has the handler, a method value, in a variable.
func Bound(orders *handlers.Orders) http.Handler {
	router := web.New()
	list := orders.List
	router.GET("/orders", list)
	router.Use(Middleware("shop")) // want `tracing is registered after GET /orders on line 40`
	return router
}

type resource interface {
	List(c *web.Context)
	Create(c *web.Context)
}

// mount registers any resource.
func mount[R resource](r web.IRouter, path string, res R) {
	group := r.Group(path)
	group.GET("", res.List)
	group.POST("", res.Create)
}

// Generic registers by a generic function.
func Generic(orders *handlers.Orders) http.Handler {
	router := web.New()
	mount(router, "/orders", orders)
	router.Use(Middleware("shop")) // want `tracing is registered after the routes of mount on line 60`
	return router
}

// route is a row of a table.
type route struct {
	method, path string
	handler      web.HandlerFunc
}

// Table registers a table's rows.
func Table(orders *handlers.Orders) http.Handler {
	routes := []route{
		{http.MethodGet, "/orders", orders.List},
		{http.MethodPost, "/orders", orders.Create},
	}
	router := web.New()
	for _, r := range routes {
		router.Handle(r.method, r.path, r.handler)
	}
	router.Use(Middleware("shop")) // want `tracing is registered after .* on line 79, whose requests get no server span`
	return router
}

// service embeds the engine.
type service struct {
	*web.Engine
	orders *handlers.Orders
}

// Embedded registers by the embedded engine's methods.
func Embedded(orders *handlers.Orders) http.Handler {
	s := service{Engine: web.Default(), orders: orders} // want `recovery runs outside tracing`
	s.GET("/orders", s.orders.List)
	s.Use(Middleware("shop")) // want `tracing is registered after GET /orders on line 94`
	return s
}

// Closure registers in a function literal that is called in place.
func Closure(orders *handlers.Orders) http.Handler {
	router := web.New()
	func() {
		router.GET("/orders", orders.List)
	}()
	router.Use(Middleware("shop")) // want `tracing is registered after .* on line 10[2-4], whose requests get no server span`
	return router
}

// Pair is right: another engine has the same name in an inner block.
func Pair(orders *handlers.Orders) http.Handler {
	router := web.New()
	{
		router := web.New()
		router.GET("/orders", orders.List)
		go func() { _ = router.Run(":9090") }()
	}
	router.Use(Middleware("shop"))
	router.GET("/orders", orders.List)
	return router
}

// recorder is a type of the project with methods of the same names.
type recorder struct{ calls []string }

// GET records.
func (r *recorder) GET(path string, _ ...web.HandlerFunc) { r.calls = append(r.calls, path) }

// Use records.
func (r *recorder) Use(...web.HandlerFunc) { r.calls = append(r.calls, "use") }

// Lookalike is right: what it registers on is no router.
func Lookalike(orders *handlers.Orders) []string {
	r := &recorder{}
	r.GET("/orders", orders.List)
	r.Use(Middleware("shop"))
	return r.calls
}
