package gin_innocent

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// HarmlessBefore has only middlewares that need no span before tracing.
func HarmlessBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Recover()) // want `recovery runs outside tracing`
	r.Use(middleware.RequestID(), middleware.CORS)
	r.Use(middleware.PlainLog())
	r.Use(middleware.Count)
	r.Use(middleware.StaticToken("secret"))
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// NeedsAfter has the needy ones inside.
func NeedsAfter(s *shop, log *slog.Logger) *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery(), otelgin.Middleware("shop"), middleware.AccessLog(log), middleware.TraceLog) // want `recovery runs outside tracing`
	r.Use(middleware.Guard(s.store), middleware.Quota(s.store))
	r.GET("/orders", s.list)
	return r
}

// SectionAfter has a span of its own for what comes after: a child of the
// server's span, not a second server span.
func SectionAfter(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.Use(middleware.Section("private"))
	r.Use(middleware.Section("orders"))
	r.GET("/orders", s.list)
	return r
}

// OtherGroup has the needy one on a group that has no tracing.
func OtherGroup(s *shop) *gin.Engine {
	r := gin.New()
	internal := r.Group("/internal", middleware.Guard(s.store))
	internal.GET("/orders", s.list)
	api := r.Group("/api", otelgin.Middleware("shop"))
	api.GET("/orders", s.list)
	return r
}

// NoTracingAtAll has nothing to be before.
func NoTracingAtAll(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Guard(s.store), middleware.TraceLog)
	r.GET("/orders", s.list)
	return r
}

// timeout only derives a context and puts it on the request.
func timeout(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// TimeoutBefore gives the request a deadline before tracing: tracing takes
// the context on.
func TimeoutBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(timeout, otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

type tenantKey struct{}

// tenant puts a value into the context.
func tenant(c *gin.Context) {
	ctx := context.WithValue(c.Request.Context(), tenantKey{}, c.GetHeader("X-Tenant"))
	c.Request = c.Request.WithContext(ctx)
}

// ValuesBefore puts values on the context before tracing, for a sampler or a
// span processor that reads them at the start.
func ValuesBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(tenant)
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// realIP rewrites the request, so that otelgin reads the right address.
func realIP(c *gin.Context) {
	if ip := c.GetHeader("X-Real-Ip"); ip != "" {
		c.Request.RemoteAddr = ip + ":0"
	}
}

// RewriteBefore has to stay before.
func RewriteBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(realIP, otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// warm does its work once, when it is built, and none per request.
func warm(ctx context.Context, s *shop) gin.HandlerFunc {
	orders, err := s.store.Orders(ctx)
	if err != nil {
		slog.ErrorContext(ctx, "no orders")
	}
	return func(c *gin.Context) {
		c.Set("orders", orders)
	}
}

// WarmBefore registers a middleware whose constructor works, not its body.
func WarmBefore(ctx context.Context, s *shop) *gin.Engine {
	r := gin.New()
	r.Use(warm(ctx, s), otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// detached refreshes with a context that is not the request's.
func detached(s *shop) gin.HandlerFunc {
	return func(c *gin.Context) {
		if c.Query("refresh") != "" {
			go func() { _, _ = s.store.Orders(context.Background()) }()
		}
	}
}

// DetachedBefore does not hand the request's context to work: its position
// changes nothing.
func DetachedBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(detached(s))
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// spanHeader reads the id inside tracing.
func spanHeader(c *gin.Context) {
	sc := trace.SpanContextFromContext(c.Request.Context())
	c.Header("X-Trace-Id", sc.TraceID().String())
}

// HeaderInside is registered after tracing.
func HeaderInside(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.Use(spanHeader)
	r.GET("/orders", s.list)
	return r
}

// Lists has tracing first in the route's own list.
func Lists(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", middleware.CORS, otelgin.Middleware("shop"), middleware.Guard(s.store), s.list)
	r.GET("/raw", func(c *gin.Context) { c.Status(http.StatusOK) }, otelgin.Middleware("raw"), s.list)
	return r
}

// tenantOf reads a value and does no work.
func tenantOf(ctx context.Context) string {
	name, _ := ctx.Value(tenantKey{}).(string)
	return name
}

// ReadsBefore hands the context to a function that only reads from it.
func ReadsBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(tenant, func(c *gin.Context) {
		if tenantOf(c.Request.Context()) == "" {
			c.AbortWithStatus(http.StatusBadRequest)
		}
	})
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}
