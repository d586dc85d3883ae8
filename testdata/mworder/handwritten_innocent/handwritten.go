// Package handwritten_innocent has middlewares that look like tracing and are
// not, and tracing by hand in the right order.
package handwritten_innocent

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/handwritten/trail"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// First has the project's tracing first.
func First(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery(), trail.New("shop").Gin) // want `recovery runs outside tracing`
	r.Use(middleware.Guard(orders.Store))
	r.GET("/orders", orders.List)
	return r
}

// reported tells of a panic when the handlers have run, wherever that stands in it.
func reported(orders *handlers.Orders) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			if recover() != nil {
				_, _ = orders.Store.Orders(c.Request.Context())
				c.AbortWithStatus(http.StatusInternalServerError)
			}
		}()
		c.Next()
	}
}

// ReportedOutside finds the span's context on the request, where the project's
// tracing has left it.
func ReportedOutside(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(reported(orders)) // want `recovery runs outside tracing`
	r.Use(trail.New("shop").Gin)
	r.GET("/orders", orders.List)
	return r
}

// AboveMux has it around the mux.
func AboveMux(mux *http.ServeMux) http.Handler {
	return trail.New("shop").HTTP(mux)
}

// extract takes the caller's trace from the headers and starts nothing.
func extract(c *gin.Context) {
	ctx := otel.GetTextMapPropagator().Extract(c.Request.Context(), propagation.HeaderCarrier(c.Request.Header))
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// ExtractBefore extracts before otelgin, which extracts again: no span is lost
// and none is doubled.
func ExtractBefore(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(extract, otelgin.Middleware("shop"))
	r.GET("/orders", orders.List)
	return r
}

// ExtractLate registers a middleware that traces nothing after a route.
func ExtractLate(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", orders.List)
	r.Use(extract)
	return r
}

// measured starts a span for its own work and leaves the request as it is:
// inside it is no tracing of the server.
func measured(c *gin.Context) {
	_, span := otel.Tracer("limits").Start(c.Request.Context(), "limits")
	allowed := c.GetHeader("X-Limit") == ""
	span.End()
	if !allowed {
		c.AbortWithStatus(http.StatusTooManyRequests)
	}
}

// MeasuredInside has its spans as children.
func MeasuredInside(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"), measured, measured)
	r.GET("/orders", orders.List)
	return r
}

// MeasuredAfterRoutes is a limit for the routes below it only.
func MeasuredAfterRoutes(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.GET("/orders", orders.List)
	r.Use(measured)
	r.POST("/orders", orders.Create)
	return r
}

// tagged sets attributes of the span that is there.
func tagged(c *gin.Context) {
	member, err := baggage.NewMember("tenant", "t1")
	if err == nil {
		bag, _ := baggage.New(member)
		c.Request = c.Request.WithContext(baggage.ContextWithBaggage(c.Request.Context(), bag))
	}
	trace.SpanFromContext(c.Request.Context()).AddEvent("tagged")
	c.Next()
}

// TaggedInside starts no span.
func TaggedInside(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"), tagged)
	r.GET("/orders", orders.List)
	return r
}

// SpanPerHandler wraps a handler in a span of its own, under the server's.
func SpanPerHandler(name string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, span := otel.Tracer("handlers").Start(r.Context(), name)
		defer span.End()
		next(w, r.WithContext(ctx))
	}
}

// ChildOfServer has a span per handler inside one around the mux: parent and
// child, not two of the same.
func ChildOfServer(list http.HandlerFunc) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", SpanPerHandler("list", list))
	return otelhttp.NewHandler(mux, "server")
}

// startup does traced work while it registers: none of it is a request's.
func startup(ctx context.Context, orders *handlers.Orders) *gin.Engine {
	ctx, span := otel.Tracer("main").Start(ctx, "startup")
	defer span.End()
	if _, err := orders.Store.Orders(ctx); err != nil {
		span.AddEvent("no orders")
	}
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", orders.List)
	return r
}

// Start starts.
func Start(ctx context.Context, orders *handlers.Orders) error {
	return startup(ctx, orders).Run(":8080")
}

// LogOutside reads the trace's id after Next from outside a middleware that
// leaves its request in place: the id is there, unlike with otelgin.
func LogOutside(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.TraceLog)
	r.Use(middleware.Trace("shop"))
	r.GET("/orders", orders.List)
	return r
}
