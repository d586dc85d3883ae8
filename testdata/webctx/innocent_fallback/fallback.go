// Package innocent_fallback sets the fallback on its own engine.
package innocent_fallback

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

var tracer = otel.Tracer("fallback")

// API has the handlers.
type API struct {
	users *backend.Users
}

// Router makes the engine.
func (a *API) Router() *gin.Engine {
	r := gin.Default()
	r.ContextWithFallback = true
	r.GET("/users/:id", a.Get)
	r.GET("/slow", a.Timeout)
	return r
}

// Get passes gin's context, which finds the span by the fallback.
func (a *API) Get(c *gin.Context) {
	u, _ := a.users.Find(c, c.Param("id"))
	c.JSON(200, u)
}

// Timeout derives from it.
func (a *API) Timeout(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c, time.Second)
	defer cancel()
	_, _ = a.users.Find(ctx, "slow")
}

// Start starts from it.
func (a *API) Start(c *gin.Context) {
	_, span := tracer.Start(c, "Start")
	defer span.End()
}
