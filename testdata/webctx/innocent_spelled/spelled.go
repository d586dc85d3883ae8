// Package innocent_spelled spells the request's context as it should.
package innocent_spelled

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

var tracer = otel.Tracer("spelled")

// Get passes the request's context.
func Get(c *gin.Context, users *backend.Users) {
	_, _ = users.Find(c.Request.Context(), c.Param("id"))
}

// Start starts from it and goes on with what it got.
func Start(c *gin.Context, users *backend.Users) {
	ctx, span := tracer.Start(c.Request.Context(), "Start")
	defer span.End()
	_, _ = users.Find(ctx, c.Param("id"))
}

// Copied takes the copy's request.
func Copied(c *gin.Context, users *backend.Users) {
	cp := c.Copy()
	_, _ = users.Find(cp.Request.Context(), cp.Param("id"))
}

// Timeout derives from it.
func Timeout(c *gin.Context, users *backend.Users) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	_, _ = users.Find(c.Request.Context(), "timeout")
}
