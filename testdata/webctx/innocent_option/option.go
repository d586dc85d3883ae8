// Package innocent_option sets the fallback by an option of the engine.
package innocent_option

import (
	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

func withFallback(e *gin.Engine) { e.ContextWithFallback = true }

// Router makes the engine.
func Router(users *backend.Users) *gin.Engine {
	r := gin.New(withFallback)
	r.GET("/users/:id", func(c *gin.Context) {
		u, _ := users.Find(c, c.Param("id"))
		c.JSON(200, u)
	})
	return r
}
