// The program's routers come from options and builders, which apply what they
// are given in the wrong order.
package main

import (
	"log"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// New applies its variadic middlewares in their order.
func New(orders *handlers.Orders, mws ...gin.HandlerFunc) *gin.Engine {
	r := gin.New()
	r.Use(mws...)
	r.GET("/orders", orders.List)
	return r
}

// variadic passes the needy one first.
func variadic(orders *handlers.Orders) http.Handler {
	return New(orders,
		middleware.CORS,
		middleware.Guard(orders.Store), // want `Guard\S* runs before tracing, which is registered on line \d+, so its spans are in a trace of their own`
		otelgin.Middleware("variadic"),
	)
}

// Config is what the builder needs.
type Config struct {
	Service     string
	Middlewares []gin.HandlerFunc
	Register    func(r *gin.Engine)
}

// configured lists the middlewares in a literal.
func configured(orders *handlers.Orders) http.Handler {
	cfg := Config{
		Service: "configured",
		Middlewares: []gin.HandlerFunc{
			middleware.TraceLog, // want `TraceLog runs before tracing, which is registered on line \d+, so it finds no trace id`
			middleware.Telemetry("configured"),
		},
	}
	r := gin.New()
	r.Use(cfg.Middlewares...)
	r.GET("/orders", orders.List)
	return r
}

// appended collects the middlewares in statements.
func appended(orders *handlers.Orders, verbose bool) http.Handler {
	var chain []gin.HandlerFunc
	chain = append(chain, middleware.RequestID())
	if verbose {
		chain = append(chain, middleware.AccessLog(slog.Default())) // want `AccessLog\S* runs before tracing, which is registered on line \d+, so `
	}
	chain = append(chain, otelgin.Middleware("appended"), gin.Recovery())
	r := gin.New()
	r.Use(chain...)
	r.GET("/orders", orders.List)
	return r
}

// looped registers each of a list.
func looped(orders *handlers.Orders) http.Handler {
	r := gin.New()
	for _, mw := range []gin.HandlerFunc{
		middleware.Guard(orders.Store), // want `Guard\S* runs before tracing, which is registered on line \d+, so its spans`
		middleware.Trace("looped"),
	} {
		r.Use(mw)
	}
	r.GET("/orders", orders.List)
	return r
}

// App is built in steps.
type App struct {
	engine *gin.Engine
}

// NewApp makes one.
func NewApp() *App { return &App{engine: gin.New()} }

// WithTracing adds tracing.
func (a *App) WithTracing(service string) *App {
	a.engine.Use(otelgin.Middleware(service))
	return a
}

// WithGuard adds the guard.
func (a *App) WithGuard(store *backend.Store) *App {
	a.engine.Use(middleware.Guard(store))
	return a
}

// WithOrders adds routes.
func (a *App) WithOrders(orders *handlers.Orders) *App {
	a.engine.GET("/orders", orders.List)
	return a
}

// built adds the routes first.
func built(orders *handlers.Orders) http.Handler {
	app := NewApp()
	app.WithOrders(orders)
	app.WithTracing("built") // want `tracing is registered after the routes of \S*WithOrders on line 113, whose requests get no server span`
	return app.engine
}

// guarded adds the guard first.
func guarded(orders *handlers.Orders) http.Handler {
	app := NewApp()
	app.WithGuard(orders.Store) // want `runs before tracing, which is registered on line 122, so its spans`
	app.WithTracing("guarded")
	app.WithOrders(orders)
	return app.engine
}

func main() {
	orders := &handlers.Orders{Store: backend.NewStore(nil)}
	mux := http.NewServeMux()
	mux.Handle("/1/", variadic(orders))
	mux.Handle("/2/", configured(orders))
	mux.Handle("/3/", appended(orders, true))
	mux.Handle("/4/", looped(orders))
	mux.Handle("/5/", built(orders))
	mux.Handle("/6/", guarded(orders))
	log.Fatal(http.ListenAndServe(":8080", mux))
}
