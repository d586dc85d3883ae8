// Package standin calls a store whose only implementation in sight is the one
// that its tests use: that says nothing about the one in use.
package standin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/standin/store"
)

// API has a store.
type API struct{ store store.Store }

// Ready serves a request.
func (a *API) Ready(c *gin.Context) {
	if err := a.store.Ping(c); err != nil { // want `c is used as a context`
		c.Status(http.StatusServiceUnavailable)
	}
}
