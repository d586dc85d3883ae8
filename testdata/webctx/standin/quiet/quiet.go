// Package quiet uses the store that does nothing itself.
package quiet

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/standin/fake"
	"github.com/tracevet/tracevet/testdata/webctx/standin/store"
)

// API has a store.
type API struct{ store store.Store }

// New makes the store, too.
func New() *API { return &API{store: &fake.Store{}} }

// Ready is silent: the one implementation in sight does nothing that a trace
// shows.
func (a *API) Ready(c *gin.Context) {
	if err := a.store.Ping(c); err != nil {
		c.Status(http.StatusServiceUnavailable)
	}
}
