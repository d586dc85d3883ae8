// Package innocent_imported gets its engine from a package that sets the
// fallback.
package innocent_imported

import (
	"context"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
	"github.com/tracevet/tracevet/testdata/webctx/engine"
)

// API has the handlers.
type API struct {
	users *backend.Users
	find  backend.Finder
}

// Router registers.
func (a *API) Router() *gin.Engine {
	r := engine.New(gin.Recovery(), a.Auth)
	r.GET("/users/:id", a.Get)
	r.POST("/users", a.Post)
	return r
}

// Auth is a middleware.
func (a *API) Auth(c *gin.Context) {
	if _, err := a.find.Find(c, c.GetHeader("X-User")); err != nil {
		c.AbortWithStatus(401)
		return
	}
	c.Next()
}

// Get passes gin's context.
func (a *API) Get(c *gin.Context) {
	u, _ := a.users.Find(c, c.Param("id"))
	c.JSON(200, u)
}

// Post puts it into a variable and a struct.
func (a *API) Post(c *gin.Context) {
	var ctx context.Context = c
	_, _ = a.users.Find(ctx, "post")
	_ = backend.Do(backend.Params{Ctx: c, ID: "post"})
}
