// The program registers tracing when its configuration says so.
package main

import (
	"flag"
	"log"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

type config struct {
	tracing bool
	admin   bool
	service string
}

// late traces, if at all, after the route.
func late(cfg config, orders *handlers.Orders) http.Handler {
	r := gin.New()
	r.GET("/orders", orders.List)
	if cfg.tracing && cfg.service != "" {
		r.Use(otelgin.Middleware(cfg.service)) // want `tracing is registered after GET /orders on line 27, whose requests get no server span`
	}
	return r
}

// needy guards always, and traces afterwards, if at all.
func needy(cfg config, orders *handlers.Orders) http.Handler {
	r := gin.New()
	r.Use(middleware.Guard(orders.Store)) // want `Guard\S* runs before tracing, which is registered on line 39, so its spans are in a trace of their own`
	if _, off := os.LookupEnv("NO_TRACING"); !off {
		r.Use(otelgin.Middleware(cfg.service))
	}
	r.GET("/orders", orders.List)
	return r
}

// extra has routes under a condition, before tracing.
func extra(cfg config, orders *handlers.Orders) http.Handler {
	r := gin.New()
	if cfg.admin {
		r.POST("/admin/orders", orders.Create)
	}
	r.Use(otelgin.Middleware(cfg.service)) // want `tracing is registered after POST /admin/orders on line 49, whose requests get no server span`
	r.GET("/orders", orders.List)
	return r
}

// first is right: when it traces, it does so first.
func first(cfg config, orders *handlers.Orders) http.Handler {
	r := gin.New()
	if cfg.tracing {
		r.Use(otelgin.Middleware(cfg.service))
	}
	r.Use(middleware.Guard(orders.Store))
	r.GET("/orders", orders.List)
	return r
}

// either is right: the branches exclude each other.
func either(cfg config, orders *handlers.Orders) http.Handler {
	r := gin.New()
	if cfg.tracing {
		r.Use(otelgin.Middleware(cfg.service), middleware.Guard(orders.Store))
	} else {
		r.Use(middleware.Guard(orders.Store))
	}
	r.GET("/orders", orders.List)
	return r
}

// apart is right: the untraced route is registered in the branch that has no
// tracing.
func apart(cfg config, orders *handlers.Orders) http.Handler {
	r := gin.New()
	if !cfg.tracing {
		r.GET("/orders", orders.List)
	} else {
		r.Use(otelgin.Middleware(cfg.service))
		r.GET("/orders", orders.List)
	}
	return r
}

// chosen is right: the middleware is one or the other, registered once.
func chosen(cfg config, orders *handlers.Orders) http.Handler {
	tracing := otelgin.Middleware(cfg.service)
	if !cfg.tracing {
		tracing = func(c *gin.Context) { c.Next() }
	}
	r := gin.New()
	r.Use(tracing, middleware.Guard(orders.Store))
	r.GET("/orders", orders.List)
	return r
}

func main() {
	cfg := config{service: "shop"}
	flag.BoolVar(&cfg.tracing, "tracing", true, "trace requests")
	flag.BoolVar(&cfg.admin, "admin", false, "serve the admin's routes")
	flag.Parse()
	orders := &handlers.Orders{Store: backend.NewStore(nil)}
	mux := http.NewServeMux()
	for path, make := range map[string]func(config, *handlers.Orders) http.Handler{
		"/1/": late, "/2/": needy, "/3/": extra, "/4/": first, "/5/": either, "/6/": apart, "/7/": chosen,
	} {
		mux.Handle(path, make(cfg, orders))
	}
	log.Fatal(http.ListenAndServe(":8080", mux))
}
