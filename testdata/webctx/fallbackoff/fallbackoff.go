// Package fallbackoff switches the fallback off, and reads it: neither sets it.
package fallbackoff

import (
	"log"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

type options struct {
	ContextWithFallback bool
}

// Router makes the engine, with an option of the project's own that has the
// same name.
func Router(users *backend.Users) *gin.Engine {
	opts := options{}
	opts.ContextWithFallback = true
	r := gin.New()
	r.ContextWithFallback = false
	if !r.ContextWithFallback {
		log.Print("fallback is off: ", opts)
	}
	r.GET("/users/:id", func(c *gin.Context) {
		u, _ := users.Find(c, c.Param("id")) // want `^c is used as a context, in which the request's span is not found unless`
		c.JSON(200, u)
	})
	return r
}
