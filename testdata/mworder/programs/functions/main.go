// The program's set-up is split over functions of package main, which are
// called in the wrong order.
package main

import (
	"database/sql"
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// main registers the routes and then the middlewares, each by a function.
func main() {
	db, err := sql.Open("postgres", "postgres://localhost/shop")
	if err != nil {
		log.Fatal(err)
	}
	orders := &handlers.Orders{Store: backend.NewStore(db)}

	r := gin.New()
	registerRoutes(r, orders)
	setupMiddleware(r) // want `tracing is registered after the routes of registerRoutes on line 28, whose requests get no server span`
	go admin(orders)
	go public(orders)
	go guarded(orders.Store)
	go around(orders)
	go grouped(orders)
	log.Fatal(r.Run(":8080"))
}

func setupMiddleware(r *gin.Engine) {
	r.Use(gin.Recovery()) // want `recovery runs outside tracing`
	r.Use(otelgin.Middleware("shop"))
}

func registerRoutes(r *gin.Engine, orders *handlers.Orders) {
	r.GET("/livez", handlers.Live)
	r.GET("/orders", orders.List)
	r.POST("/orders", orders.Create)
}

// admin has the routes in a function and tracing here.
func admin(orders *handlers.Orders) {
	r := gin.Default() // want `recovery runs outside tracing`
	registerRoutes(r, orders)
	r.Use(otelgin.Middleware("admin")) // want `tracing is registered after the routes of registerRoutes on line 52, whose requests get no server span`
	_ = r.Run(":8081")
}

// public has the route here and tracing in a function.
func public(orders *handlers.Orders) {
	r := gin.New()
	r.GET("/orders", orders.List)
	setupMiddleware(r) // want `tracing is registered after GET /orders on line 60, whose requests get no server span`
	_ = r.Run(":8082")
}

// newEngine makes an engine with a middleware that needs the span.
func newEngine(store *backend.Store) *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery(), middleware.Guard(store))
	return r
}

// guarded gets an engine that guards, and adds tracing.
func guarded(store *backend.Store) {
	orders := &handlers.Orders{Store: store}
	r := newEngine(store) // want `runs before tracing, which is registered on line 76, so its spans are in a trace of their own` `recovery runs outside tracing`
	r.Use(otelgin.Middleware("guarded"))
	registerRoutes(r, orders)
	_ = r.Run(":8083")
}

// tracedEngine makes an engine that traces.
func tracedEngine() *gin.Engine {
	r := gin.New()
	setupMiddleware(r)
	return r
}

// around wraps an engine that another function made.
func around(orders *handlers.Orders) {
	r := tracedEngine()
	registerRoutes(r, orders)
	_ = http.ListenAndServe(":8084", otelhttp.NewHandler(r, "server")) // want `tracing is registered twice, first on line \d+, so each request has two server spans`
}

func registerOrders(rg *gin.RouterGroup, orders *handlers.Orders) {
	group := rg.Group("/orders")
	group.GET("", orders.List)
	group.POST("", orders.Create)
}

// grouped passes a group on before the engine traces.
func grouped(orders *handlers.Orders) {
	r := gin.New()
	api := r.Group("/api")
	registerOrders(api, orders)
	r.Use(otelgin.Middleware("grouped")) // want `tracing is registered after .* on line 10[45], whose requests get no server span`
	_ = r.Run(":8085")
}
