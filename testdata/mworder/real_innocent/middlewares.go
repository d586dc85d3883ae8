package real

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// linked starts a trace of its own on purpose, with a link to nothing else.
func linked(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), "audit", trace.WithNewRoot())
	span.End()
	c.Next()
}

// LinkedOutside has a middleware outside that means to have a trace of its own.
func LinkedOutside() *gin.Engine {
	r := gin.New()
	r.Use(linked, otelgin.Middleware("api"))
	r.GET("/orders", listGin)
	return r
}

// callers takes the caller's trace out of the headers itself: its span has a
// parent.
func callers(c *gin.Context) {
	ctx := otel.GetTextMapPropagator().Extract(c.Request.Context(), propagation.HeaderCarrier(c.Request.Header))
	_, span := tracer.Start(ctx, "admission")
	span.End()
	c.Next()
}

// AdmittedOutside has it outside.
func AdmittedOutside() *gin.Engine {
	r := gin.New()
	r.Use(callers, otelgin.Middleware("api"))
	r.GET("/orders", listGin)
	return r
}

// deadline gives the request a deadline, which is no work.
func deadline(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// DeadlineOutside has it outside.
func DeadlineOutside() *gin.Engine {
	r := gin.New()
	r.Use(deadline)
	r.Use(otelgin.Middleware("api"))
	r.GET("/orders", listGin)
	return r
}

// flusher works in the background, with a context of its own.
func flusher(c *gin.Context) {
	c.Next()
	go func() {
		_, span := tracer.Start(context.Background(), "flush")
		span.End()
	}()
}

// FlusherOutside has it outside.
func FlusherOutside() *gin.Engine {
	r := gin.New()
	r.Use(flusher, otelgin.Middleware("api"))
	r.GET("/orders", listGin)
	return r
}

// registrar hides what it registers.
type registrar interface {
	Register(r *gin.Engine)
}

// Hidden gives the router away before the route: what may have been registered
// there is not known.
func Hidden(reg registrar) *gin.Engine {
	r := gin.New()
	reg.Register(r)
	r.GET("/orders", listGin)
	r.Use(otelgin.Middleware("api"))
	return r
}

// Given has a middleware that only the caller knows before the route.
func Given(first gin.HandlerFunc) *gin.Engine {
	r := gin.New()
	r.Use(first)
	r.GET("/orders", listGin)
	r.Use(otelgin.Middleware("api"))
	return r
}

// section covers what comes after it, under the span of the request.
func section(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "orders")
	defer span.End()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// Sections registers it between routes: it is no server's span.
func Sections() *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("api"))
	r.GET("/version", listGin)
	r.Use(section)
	r.GET("/orders", listGin)
	return r
}

// SectionsAlone has no tracing at all.
func SectionsAlone() *gin.Engine {
	r := gin.New()
	r.GET("/version", listGin)
	r.Use(section)
	r.GET("/orders", listGin)
	return r
}

// Own lists tracing for the route that comes before it.
func Own() *gin.Engine {
	r := gin.New()
	r.GET("/early", otelgin.Middleware("early"), listGin)
	r.Use(otelgin.Middleware("api"))
	r.GET("/orders", listGin)
	return r
}

// guarded asks for a token, and nothing else.
func guarded(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Header.Get("Authorization") == "" {
			return echo.NewHTTPError(http.StatusUnauthorized)
		}
		return next(c)
	}
}

// GuardedGroup has the guard on the group, and tracing on the root.
func GuardedGroup() *echo.Echo {
	e := echo.New()
	g := e.Group("/api", guarded)
	g.GET("/orders", listEcho)
	e.Use(otelecho.Middleware("api"))
	return e
}

// GroupList has tracing first in the lists of a group and of its routes.
func GroupList() *echo.Echo {
	e := echo.New()
	g := e.Group("/api", otelecho.Middleware("api"), guarded)
	g.GET("/orders", listEcho)
	e.GET("/orders", listEcho, otelecho.Middleware("orders"), guarded)
	return e
}
