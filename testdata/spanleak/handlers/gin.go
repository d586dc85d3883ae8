package handlers

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// GinGet replies with an error and returns before the End: the most common
// shape of all.
func GinGet(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "GinGet") // want `^span is not ended on the path that returns on line 20, so it is never exported$`
	it, err := find(ctx, c.Param("id"))
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": err.Error()})
		return
	}
	span.End()
	c.JSON(http.StatusOK, it)
}

// GinPost has several replies, and ends the span before some of them.
func GinPost(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "GinPost") // want `span is not ended on the path that returns on line 34,`
	var it item
	if err := c.ShouldBindJSON(&it); err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, "bind")
		c.AbortWithStatusJSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	if err := store(ctx, it); err != nil {
		span.RecordError(err)
		span.End()
		c.Status(http.StatusInternalServerError)
		return
	}
	span.End()
	c.JSON(http.StatusCreated, it)
}

// GinSwitch maps errors to replies; the not-found reply leaks.
func GinSwitch(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "GinSwitch") // want `span is not ended on the path that reaches the end of the function on line 61,`
	it, err := find(ctx, c.Param("id"))
	switch {
	case errors.Is(err, errNotFound):
		c.Status(http.StatusNotFound)
	case err != nil:
		span.RecordError(err)
		span.End()
		c.Status(http.StatusInternalServerError)
	default:
		span.End()
		c.JSON(http.StatusOK, it)
	}
}

// GinMiddleware aborts without ending its span.
func GinMiddleware(token string) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, span := tracer.Start(c.Request.Context(), "GinMiddleware") // want `span is not ended on the path that returns on line 69,`
		if c.GetHeader("Authorization") != token {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Request = c.Request.WithContext(ctx)
		c.Next()
		span.SetAttributes(attribute.Int("status", c.Writer.Status()))
		span.End()
	}
}

// GinInline registers literals; one is right and one is not.
func GinInline(r *gin.Engine) {
	api := r.Group("/api")
	api.GET("/good/:id", func(c *gin.Context) {
		ctx, span := tracer.Start(c.Request.Context(), "good")
		defer span.End()
		it, err := find(ctx, c.Param("id"))
		if err != nil {
			c.Status(http.StatusNotFound)
			return
		}
		c.JSON(http.StatusOK, it)
	})
	api.GET("/bad/:id", func(c *gin.Context) {
		ctx, span := tracer.Start(c.Request.Context(), "bad") // want `span is never ended, so it is never exported`
		span.SetAttributes(attribute.String("id", c.Param("id")))
		if _, err := find(ctx, c.Param("id")); err != nil {
			c.Status(http.StatusNotFound)
			return
		}
		c.Status(http.StatusNoContent)
	})
}

// Server has handlers as methods.
type Server struct {
	name string
}

// Discard drops the span in a handler.
func (s *Server) Discard(c *gin.Context) {
	ctx, _ := tracer.Start(c.Request.Context(), s.name) // want `the span that tracer.Start returns is discarded`
	if err := store(ctx, item{}); err != nil {
		_ = c.Error(err)
		return
	}
	c.Status(http.StatusNoContent)
}

// GinRight is the same handler with a defer.
func (s *Server) GinRight(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), s.name)
	defer span.End()
	if err := store(ctx, item{}); err != nil {
		_ = c.Error(err)
		return
	}
	c.Status(http.StatusNoContent)
}

// GinSetSpan stores the span in the gin context: GinEndSpan takes it out.
func GinSetSpan(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "GinSetSpan")
	c.Set("span", span)
	c.Request = c.Request.WithContext(ctx)
}

// GinEndSpan is the other half of the pair.
func GinEndSpan(c *gin.Context) {
	c.Next()
	if v, ok := c.Get("span"); ok {
		if span, ok := v.(trace.Span); ok {
			span.End()
		}
	}
}

// GinNextEnds ends the span after the chain, on every path.
func GinNextEnds(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "GinNextEnds")
	c.Request = c.Request.WithContext(ctx)
	c.Next()
	if c.IsAborted() {
		span.SetStatus(codes.Error, "aborted")
		span.End()
		return
	}
	span.End()
}
