// The program's set-up is split over functions, which are called in the right
// order.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// main has the middlewares first; registerRoutes stands above in the file,
// which is no order.
func main() {
	db, err := sql.Open("postgres", os.Getenv("DSN"))
	if err != nil {
		log.Fatal(err)
	}
	store := backend.NewStore(db)
	orders := &handlers.Orders{Store: store}
	go probes(orders)
	go modular(orders, store)
	go deferred(orders)
	log.Fatal(http.ListenAndServe(":8080", build(orders, store)))
}

func registerRoutes(r gin.IRouter, orders *handlers.Orders) {
	r.GET("/orders", orders.List)
	r.POST("/orders", orders.Create)
}

func setupMiddleware(r *gin.Engine) {
	r.Use(middleware.RequestID(), otelgin.Middleware("shop"), gin.Recovery())
}

// build is the usual order.
func build(orders *handlers.Orders, store *backend.Store) http.Handler {
	r := gin.New()
	setupMiddleware(r)
	r.Use(middleware.Guard(store))
	registerRoutes(r, orders)
	return r
}

func registerProbes(r *gin.Engine) {
	r.GET("/livez", handlers.Live)
	r.GET("/version", handlers.Version("v1"))
}

// probes registers routes that only reply before tracing, by a function.
func probes(orders *handlers.Orders) {
	r := gin.New()
	registerProbes(r)
	setupMiddleware(r)
	registerRoutes(r, orders)
	_ = r.Run(":8081")
}

// module registers one part of the program.
type module func(r gin.IRouter)

// modular collects the modules first and registers them last.
func modular(orders *handlers.Orders, store *backend.Store) {
	modules := []module{
		func(r gin.IRouter) { registerRoutes(r, orders) },
		func(r gin.IRouter) { r.GET("/export", middleware.Guard(store), orders.List) },
	}
	r := gin.New()
	setupMiddleware(r)
	for _, register := range modules {
		register(r)
	}
	_ = r.Run(":8082")
}

// deferred makes a function that registers, and calls it when tracing is
// there.
func deferred(orders *handlers.Orders) {
	r := gin.New()
	routes := func() { registerRoutes(r, orders) }
	setupMiddleware(r)
	routes()
	_ = r.Run(":8083")
}
