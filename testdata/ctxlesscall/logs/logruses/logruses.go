// Package logruses logs with logrus without the context that is at hand.
// Reported only with the option for logs.
package logruses

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	log "github.com/sirupsen/logrus"
)

// API has a logger and an entry in fields.
type API struct {
	log   *log.Logger
	entry *log.Entry
}

// Get logs with the package's logger.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	log.Infof("get %s", r.URL.Path) // want `no context`
	w.WriteHeader(http.StatusNoContent)
}

// Put logs an error with fields.
func (a *API) Put(c *gin.Context) {
	if err := c.Request.ParseForm(); err != nil {
		log.WithFields(log.Fields{"path": c.FullPath()}).WithError(err).Error("put") // want `no context`
	}
}

// Own logs with its own.
func (a *API) Own(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		a.log.WithError(err).Warn("own") // want `no context`
		return err
	}
	a.log.Debugln("own") // want `no context`
	return nil
}
