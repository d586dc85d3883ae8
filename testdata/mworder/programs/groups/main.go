// The program hands groups to functions, which register on them.
package main

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// ordersOn traces the group after its first route: the fault is local.
func ordersOn(rg *gin.RouterGroup, orders *handlers.Orders) {
	rg.GET("/orders", orders.List)
	rg.Use(otelgin.Middleware("orders")) // want `tracing is registered after GET (/\w+)?/orders on line 18, whose requests get no server span`
	rg.POST("/orders", orders.Create)
}

// local hands over a fresh group.
func local(orders *handlers.Orders) http.Handler {
	r := gin.New()
	ordersOn(r.Group("/local"), orders)
	return r
}

func traced(rg *gin.RouterGroup) { rg.Use(otelgin.Middleware("group")) }

func listed(rg *gin.RouterGroup, orders *handlers.Orders) { rg.GET("/orders", orders.List) }

// swapped calls the two in the wrong order.
func swapped(orders *handlers.Orders) http.Handler {
	r := gin.New()
	api := r.Group("/api")
	listed(api, orders)
	traced(api) // want `tracing is registered after the routes of listed on line 38, whose requests get no server span`
	return r
}

// byField hands over the engine's embedded group.
func byField(orders *handlers.Orders) http.Handler {
	r := gin.New()
	listed(&r.RouterGroup, orders)
	r.Use(otelgin.Middleware("field")) // want `tracing is registered after the routes of listed on line 46, whose requests get no server span`
	return r
}

// inside traces a group below an engine that traces, by a function.
func inside(orders *handlers.Orders) http.Handler {
	r := gin.New()
	r.Use(otelgin.Middleware("engine"))
	api := r.Group("/api")
	traced(api) // want `tracing is registered twice, first on line 54, so each request has two server spans`
	listed(api, orders)
	return r
}

// group makes a guarded group.
func group(r *gin.Engine, orders *handlers.Orders) *gin.RouterGroup {
	return r.Group("/guarded", middleware.StaticToken("secret"))
}

// returned gets a group before the engine traces.
func returned(orders *handlers.Orders) http.Handler {
	r := gin.New()
	api := group(r, orders)
	r.Use(otelgin.Middleware("engine")) // want `tracing is registered after .* on line 69, whose requests get no server span`
	api.GET("/orders", orders.List)
	return r
}

// ordered is right: the group is made, traced, and then given routes.
func ordered(orders *handlers.Orders) http.Handler {
	r := gin.New()
	api := r.Group("/api")
	traced(api)
	listed(api, orders)
	return r
}

// siblings is right: each function has a group of its own.
func siblings(orders *handlers.Orders) http.Handler {
	r := gin.New()
	listed(r.Group("/internal"), orders)
	api := r.Group("/api")
	traced(api)
	listed(api, orders)
	return r
}

// below is right: the engine traces before all groups.
func below(orders *handlers.Orders) http.Handler {
	r := gin.New()
	r.Use(otelgin.Middleware("engine"))
	for _, prefix := range []string{"/v1", "/v2"} {
		listed(r.Group(prefix), orders)
	}
	listed(group(r, orders), orders)
	return r
}

func main() {
	orders := &handlers.Orders{Store: backend.NewStore(nil)}
	for addr, build := range map[string]func(*handlers.Orders) http.Handler{
		":8081": local, ":8082": swapped, ":8083": byField, ":8084": inside, ":8085": returned,
		":8086": ordered, ":8087": siblings, ":8088": below,
	} {
		go func() { log.Println(http.ListenAndServe(addr, build(orders))) }()
	}
	select {}
}
