package middleware

import (
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Telemetry is otelgin under a name of the project.
func Telemetry(service string) gin.HandlerFunc { return otelgin.Middleware(service) }

// Trace is written by hand: it takes the caller's trace from the headers,
// starts the server's span and runs the rest under it.
func Trace(service string) gin.HandlerFunc {
	server := otel.Tracer(service)
	return func(c *gin.Context) {
		ctx := otel.GetTextMapPropagator().Extract(c.Request.Context(), propagation.HeaderCarrier(c.Request.Header))
		ctx, span := server.Start(ctx, c.FullPath(), trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
		span.SetAttributes(attribute.Int("http.response.status_code", c.Writer.Status()))
		if c.Writer.Status() >= 500 {
			span.SetStatus(codes.Error, "")
		}
	}
}

// Section is no tracing middleware of a server: its span is a child of the
// request's, and covers what comes after it.
func Section(name string) gin.HandlerFunc {
	return func(c *gin.Context) {
		before := c.Request
		ctx, span := tracer.Start(before.Context(), name)
		defer span.End()
		c.Request = before.WithContext(ctx)
		c.Next()
		c.Request = before
	}
}

// ExcludeRoutes runs mw on all routes but the listed.
func ExcludeRoutes(mw gin.HandlerFunc, routes ...string) gin.HandlerFunc {
	skip := make(map[string]bool, len(routes))
	for _, route := range routes {
		skip[route] = true
	}
	return func(c *gin.Context) {
		if skip[c.FullPath()] {
			c.Next()
			return
		}
		mw(c)
	}
}
