// Package zaps logs with zap without the context that is at hand: the bridge
// finds it in a field. Reported only with the option for logs.
package zaps

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"
	"go.uber.org/zap"
)

// API has both kinds of logger.
type API struct {
	log   *zap.Logger
	sugar *zap.SugaredLogger
}

// Get logs with fields.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	a.log.Info("get", zap.String("path", r.URL.Path)) // want `no context`
	w.WriteHeader(http.StatusNoContent)
}

// Put logs an error.
func (a *API) Put(c echo.Context) error {
	if err := c.Bind(&struct{}{}); err != nil {
		a.log.Error("put", zap.Error(err)) // want `no context`
		return err
	}
	return nil
}

// Sugared logs with pairs.
func (a *API) Sugared(ctx context.Context, id string) error {
	if err := ctx.Err(); err != nil {
		a.sugar.Errorw("sugared", "id", id, "err", err) // want `no context`
		return err
	}
	return nil
}

// Derived adds a field that is no context.
func (a *API) Derived(ctx context.Context, id string) {
	l := a.log.With(zap.String("id", id))
	if ctx.Err() == nil {
		l.Warn("derived") // want `no context`
	}
}

// Global logs with the global logger.
func Global(ctx context.Context) {
	zap.L().Info("global", zap.Bool("over", ctx.Err() != nil)) // want `no context`
}
