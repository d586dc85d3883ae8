// Package innocent_indirect gets the fallback from a package that a package
// that it imports imports.
package innocent_indirect

import (
	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
	"github.com/tracevet/tracevet/testdata/webctx/innocent_indirect/boot"
)

// Main serves.
func Main() error { return boot.Server(":8080").ListenAndServe() }

// Get is a handler.
func Get(users *backend.Users) gin.HandlerFunc {
	return func(c *gin.Context) {
		u, _ := users.Find(c, c.Param("id"))
		c.JSON(200, u)
	}
}
