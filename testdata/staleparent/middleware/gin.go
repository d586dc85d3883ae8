// Package middleware has middlewares whose span covers the handler, which does
// not know of it.
package middleware

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

var tracer = otel.Tracer("middleware")

var errDenied = errors.New("denied")

func authorize(ctx context.Context, token string) (string, error) {
	_, span := tracer.Start(ctx, "authorize")
	defer span.End()
	if token == "" {
		return "", errDenied
	}
	return token, nil
}

// Gin uses the new context for its own work only.
func Gin(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "auth") // want `ctx is not put on the request before c\.Next\(\), so the handler's spans are not under span`
	defer span.End()
	user, err := authorize(ctx, c.GetHeader("Authorization"))
	if err != nil {
		c.AbortWithStatus(http.StatusUnauthorized)
		return
	}
	c.Set("user", user)
	c.Next()
}

// GinReturned is the usual constructor.
func GinReturned(name string) gin.HandlerFunc {
	return func(gc *gin.Context) {
		spanCtx, sp := tracer.Start(gc.Request.Context(), name) // want `spanCtx is not put on the request before gc\.Next\(\), so the handler's spans are not under sp`
		if _, err := authorize(spanCtx, gc.Query("token")); err != nil {
			sp.RecordError(err)
			sp.End()
			gc.Abort()
			return
		}
		gc.Next()
		sp.SetAttributes(attribute.Int("status", gc.Writer.Status()))
		sp.End()
	}
}

// GinDropped drops the context altogether.
func GinDropped() gin.HandlerFunc {
	return func(c *gin.Context) {
		_, span := tracer.Start(c.Request.Context(), c.FullPath()) // want `is not put on the request before c\.Next\(\), so the handler's spans are not under span`
		defer span.End()
		c.Next()
	}
}

// GinWrapper starts with the shop's own layer.
func GinWrapper(c *gin.Context) {
	ctx, op := telemetry.Begin(c.Request.Context(), "mw") // want `ctx is not put on the request before c\.Next\(\), so the handler's spans are not under op`
	defer op.Finish(nil)
	if _, err := authorize(ctx, "t"); err != nil {
		_ = c.AbortWithError(http.StatusForbidden, err)
		return
	}
	c.Next()
}

// Guard is a middleware as a method.
type Guard struct {
	header string
}

// Handle is one.
func (g *Guard) Handle(c *gin.Context) {
	reqCtx := c.Request.Context()
	ctx, span := tracer.Start(reqCtx, "guard") // want `ctx is not put on the request before c\.Next\(\), so the handler's spans are not under span`
	defer span.End()
	if _, err := authorize(ctx, c.GetHeader(g.header)); err != nil {
		c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"error": err.Error()})
		return
	}
	c.Next()
	if len(c.Errors) > 0 {
		span.RecordError(c.Errors.Last())
	}
}

// GinLiteral is registered as a literal.
func GinLiteral(r *gin.Engine) {
	r.Use(gin.Recovery(), func(c *gin.Context) {
		ctx, span := tracer.Start(c.Request.Context(), "literal") // want `ctx is not put on the request before c\.Next\(\), so the handler's spans are not under span`
		defer span.End()
		if c.GetHeader("X-Debug") != "" {
			_, _ = authorize(ctx, "debug")
		}
		c.Next()
	})
}

// GinNested has two spans open when the handlers run: they are to be under the
// inner one, and with it under the outer one. The outer one is silent.
func GinNested(c *gin.Context) {
	ctx, outer := tracer.Start(c.Request.Context(), "outer")
	defer outer.End()
	inner, span := tracer.Start(ctx, "inner") // want `inner is not put on the request before c.Next`
	defer span.End()
	_, _ = authorize(inner, c.GetHeader("Authorization"))
	c.Next()
}

// GinSiblings has two spans side by side in one variable: what is put on the
// request is the context of the last one. The first one is silent.
func GinSiblings(c *gin.Context) {
	ctx, first := tracer.Start(c.Request.Context(), "first")
	defer first.End()
	_, _ = authorize(ctx, "first")
	ctx, second := tracer.Start(c.Request.Context(), "second") // want `ctx is not put on the request before c.Next`
	defer second.End()
	_, _ = authorize(ctx, "second")
	c.Next()
}

// GinOverwritten has another context in the variable by the time the handlers
// run, so there is no name to put on the request: no fix.
func GinOverwritten(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "overwritten") // want `ctx is not put on the request before c.Next`
	defer span.End()
	_, _ = authorize(ctx, "a")
	ctx = c.Request.Context()
	_, _ = authorize(ctx, "b")
	c.Next()
}
