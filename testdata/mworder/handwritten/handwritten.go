// Package handwritten has tracing middlewares as most tutorials write them, in
// the wrong order.
package handwritten

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/handwritten/trail"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// observe is the tutorial's: no kind, no propagation.
func observe() gin.HandlerFunc {
	tracer := otel.Tracer("gin-server")
	return func(c *gin.Context) {
		ctx, span := tracer.Start(c.Request.Context(), c.Request.Method+" "+c.FullPath())
		defer span.End()
		span.SetAttributes(attribute.String("http.route", c.FullPath()))
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}

// Tutorial registers the route before it.
func Tutorial(orders *handlers.Orders) *gin.Engine {
	r := gin.Default() // want `recovery runs outside tracing`
	r.GET("/orders", orders.List)
	r.Use(observe()) // want `tracing is registered after GET /orders on line 35, whose requests get no server span`
	return r
}

// NeedyBefore has what needs the span before it.
func NeedyBefore(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Quota(orders.Store), observe()) // want `Quota\S* runs before tracing, which is registered on line 43, so `
	r.GET("/orders", orders.List)
	return r
}

// GroupBefore makes the group before it.
func GroupBefore(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	api := r.Group("/api")
	r.Use(observe()) // want `tracing is registered after the group /api on line 51, whose requests get no server span`
	api.GET("/orders", orders.List)
	return r
}

// Literal is written in place.
func Literal(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.GET("/orders", orders.List)
	r.Use(func(c *gin.Context) { // want `tracing is registered after GET /orders on line 60, whose requests get no server span`
		carrier := propagation.HeaderCarrier(c.Request.Header)
		ctx := otel.GetTextMapPropagator().Extract(c.Request.Context(), carrier)
		ctx, span := otel.Tracer("literal").Start(ctx, c.FullPath(), trace.WithSpanKind(trace.SpanKindServer))
		c.Request = c.Request.WithContext(ctx)
		c.Next()
		span.End()
	})
	return r
}

// MethodValue is a method of another package.
func MethodValue(orders *handlers.Orders) *gin.Engine {
	rec := trail.New("shop")
	r := gin.New()
	r.GET("/orders", orders.List)
	r.Use(rec.Gin) // want `tracing is registered after GET /orders on line 76, whose requests get no server span`
	return r
}

// NeedyBeforeMethod has a guard before the method.
func NeedyBeforeMethod(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Guard(orders.Store)) // want `Guard\S* runs before tracing, which is registered on line 85, so its spans`
	r.Use(trail.New("shop").Gin)
	r.GET("/orders", orders.List)
	return r
}

// Layers has the project's layer around the library's: both are a server's.
func Layers(mux *http.ServeMux) http.Handler {
	inner := otelhttp.NewHandler(mux, "server")
	return trail.New("edge").HTTP(inner) // want `tracing is registered twice, first on line 92, so each request has two server spans`
}

// restored puts the old request back, as otelgin does.
func restored(c *gin.Context) {
	before := c.Request
	defer func() { c.Request = before }()
	ctx, span := otel.Tracer("restored").Start(before.Context(), c.FullPath(), trace.WithSpanKind(trace.SpanKindServer))
	defer span.End()
	c.Request = before.WithContext(ctx)
	c.Next()
}

// LogOutside reads the trace's id from outside, where it is gone.
func LogOutside(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.TraceLog) // want `TraceLog runs before tracing, which is registered on line 110, so it finds no trace id`
	r.Use(restored)
	r.GET("/orders", orders.List)
	return r
}
