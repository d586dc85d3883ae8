// The program's routers come from options, builders and frameworks of the
// project that get the order right, or of which the order is not seen.
package main

import (
	"log"
	"net/http"
	"sort"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// New traces before what it is given.
func New(orders *handlers.Orders, mws ...gin.HandlerFunc) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.Use(mws...)
	r.GET("/orders", orders.List)
	return r
}

// variadic passes needy ones, which run inside.
func variadic(orders *handlers.Orders) http.Handler {
	return New(orders, middleware.Guard(orders.Store), middleware.TraceLog)
}

// reversed puts tracing in front of what was collected.
func reversed(orders *handlers.Orders) http.Handler {
	chain := []gin.HandlerFunc{middleware.Guard(orders.Store)}
	chain = append([]gin.HandlerFunc{otelgin.Middleware("reversed")}, chain...)
	r := gin.New()
	r.Use(chain...)
	r.GET("/orders", orders.List)
	return r
}

// option is applied when the router is made.
type option struct {
	rank  int
	apply func(*gin.Engine)
}

// ranked sorts the options at run time: the order in the source says nothing.
func ranked(orders *handlers.Orders) http.Handler {
	options := []option{
		{rank: 9, apply: func(r *gin.Engine) { r.GET("/orders", orders.List) }},
		{rank: 5, apply: func(r *gin.Engine) { r.Use(middleware.Guard(orders.Store)) }},
		{rank: 1, apply: func(r *gin.Engine) { r.Use(otelgin.Middleware("ranked")) }},
	}
	sort.Slice(options, func(i, j int) bool { return options[i].rank < options[j].rank })
	r := gin.New()
	for _, o := range options {
		o.apply(r)
	}
	return r
}

// App collects what it is given, and applies it in its own order.
type App struct {
	routes  []func(gin.IRouter)
	mws     []gin.HandlerFunc
	service string
}

// Routes keeps a registration for later.
func (a *App) Routes(f func(gin.IRouter)) *App {
	a.routes = append(a.routes, f)
	return a
}

// Use keeps a middleware for later.
func (a *App) Use(mw gin.HandlerFunc) *App {
	a.mws = append(a.mws, mw)
	return a
}

// Traced keeps the service's name for later.
func (a *App) Traced(service string) *App {
	a.service = service
	return a
}

// Build has tracing first.
func (a *App) Build() *gin.Engine {
	r := gin.New()
	if a.service != "" {
		r.Use(otelgin.Middleware(a.service))
	}
	r.Use(a.mws...)
	for _, register := range a.routes {
		register(r)
	}
	return r
}

// collected names routes first, which the builder registers last.
func collected(orders *handlers.Orders) http.Handler {
	return new(App).
		Routes(func(r gin.IRouter) { r.GET("/orders", orders.List) }).
		Use(middleware.Guard(orders.Store)).
		Traced("collected").
		Build()
}

// plugins come from elsewhere: what they register is not seen.
var plugins []func(*gin.Engine)

// plugged runs what is not seen before tracing.
func plugged(orders *handlers.Orders) http.Handler {
	r := gin.New()
	for _, plugin := range plugins {
		plugin(r)
	}
	r.Use(otelgin.Middleware("plugged"))
	r.GET("/orders", orders.List)
	return r
}

func main() {
	orders := &handlers.Orders{Store: backend.NewStore(nil)}
	mux := http.NewServeMux()
	mux.Handle("/1/", variadic(orders))
	mux.Handle("/2/", reversed(orders))
	mux.Handle("/3/", ranked(orders))
	mux.Handle("/4/", collected(orders))
	mux.Handle("/5/", plugged(orders))
	log.Fatal(http.ListenAndServe(":8080", mux))
}
