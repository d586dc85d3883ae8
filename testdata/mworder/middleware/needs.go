// Package middleware has the gin middlewares of the project, which other
// packages register.
package middleware

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

var tracer = otel.Tracer("middleware")

// Guard starts a span for its own work.
func Guard(store *backend.Store) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, span := tracer.Start(c.Request.Context(), "guard")
		user, err := store.UserOf(ctx, c.GetHeader("Authorization"))
		span.End()
		if err != nil {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Set("user", user)
		c.Next()
	}
}

// Quota has no span, but asks the database with the request's context.
func Quota(store *backend.Store) gin.HandlerFunc {
	return func(c *gin.Context) {
		if _, err := store.Orders(c.Request.Context()); err != nil {
			c.AbortWithStatus(http.StatusTooManyRequests)
		}
	}
}

// AccessLog logs with the context, so that the line carries the trace.
func AccessLog(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		begin := time.Now()
		c.Next()
		log.InfoContext(c.Request.Context(), "request",
			slog.Int("status", c.Writer.Status()), slog.Duration("took", time.Since(begin)))
	}
}

// TraceLog writes the trace's id itself.
func TraceLog(c *gin.Context) {
	c.Next()
	sc := trace.SpanContextFromContext(c.Request.Context())
	slog.Info("request", "path", c.FullPath(), "trace_id", sc.TraceID().String())
}
