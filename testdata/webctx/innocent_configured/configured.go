// Package innocent_configured has the fallback in its configuration: what it is
// when the program runs cannot be known.
package innocent_configured

import (
	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

// Config is read from a file.
type Config struct {
	Fallback bool `yaml:"fallback"`
}

// Router makes the engine.
func Router(cfg Config, users *backend.Users) *gin.Engine {
	r := gin.New()
	r.ContextWithFallback = cfg.Fallback
	r.GET("/users/:id", func(c *gin.Context) {
		u, _ := users.Find(c, c.Param("id"))
		c.JSON(200, u)
	})
	return r
}
