// Package innocent_literal sets the fallback through a pointer in a struct, two
// calls away from the handlers.
package innocent_literal

import (
	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

type server struct {
	*gin.Engine
	users *backend.Users
}

func (s *server) configure() {
	const on = true
	s.ContextWithFallback, s.HandleMethodNotAllowed = on, false
}

// Get is a handler.
func (s *server) Get(c *gin.Context) {
	u, _ := s.users.Find(c, c.Param("id"))
	c.JSON(200, u)
}
