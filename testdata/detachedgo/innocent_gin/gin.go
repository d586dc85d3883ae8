// Package innocent_gin has goroutines near gin's context that do not use it
// when it is gone.
package innocent_gin

import (
	"context"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// API has the handlers.
type API struct {
	svc *work.Service
	mu  sync.Mutex
	ids []string
}

// Arguments evaluates all that it needs of gin's context before the goroutine
// starts.
func (a *API) Arguments(c *gin.Context) {
	go a.record(context.WithoutCancel(c.Request.Context()), c.Param("id"), c.ClientIP())
	c.Status(http.StatusAccepted)
}

func (a *API) record(ctx context.Context, id, ip string) {
	a.svc.Record(ctx, work.Order{ID: id, Email: ip})
}

// CopyOnly uses a copy for values, and traces nothing.
func (a *API) CopyOnly(c *gin.Context) {
	cp := c.Copy()
	go func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.ids = append(a.ids, cp.Param("id"))
	}()
}

// CopyArgument hands a copy over.
func (a *API) CopyArgument(c *gin.Context) {
	go a.remember(c.Copy())
}

func (a *API) remember(c *gin.Context) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids = append(a.ids, c.Param("id"))
}

// Shadowed has another c in the goroutine.
func (a *API) Shadowed(c *gin.Context) {
	ctx := context.WithoutCancel(c.Request.Context())
	names := c.QueryArray("name")
	go func() {
		for _, c := range names {
			_ = spans.Mail(ctx, c, "hi")
		}
	}()
}

// Parameter has another c as a parameter, which is a copy.
func (a *API) Parameter(c *gin.Context) {
	go func(c *gin.Context) {
		a.remember(c)
	}(c.Copy())
}

// Stream writes while the handler waits for it.
func (a *API) Stream(c *gin.Context) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, id := range c.QueryArray("id") {
			a.svc.Record(c.Request.Context(), work.Order{ID: id})
			c.SSEvent("id", id)
		}
	}()
	<-done
}
