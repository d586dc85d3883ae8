// Package zerologs logs with zerolog without the context that is at hand.
// Reported only with the option for logs.
package zerologs

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
)

// API has a logger in a field.
type API struct{ log zerolog.Logger }

// Get logs with the package's logger.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	log.Info().Str("path", r.URL.Path).Msg("get") // want `no context`
	w.WriteHeader(http.StatusNoContent)
}

// Put logs an error.
func (a *API) Put(c *gin.Context) {
	if err := c.Request.ParseForm(); err != nil {
		a.log.Error().Err(err).Msgf("put %s", c.FullPath()) // want `no context`
	}
}

// Kept keeps the event.
func (a *API) Kept(ctx context.Context, id string) {
	e := a.log.Warn() // want `no context`
	if ctx.Err() != nil {
		e = e.Err(ctx.Err())
	}
	e.Str("id", id).Send()
}

// Level takes the level as a value.
func (a *API) Level(ctx context.Context, level zerolog.Level) {
	if ctx.Err() == nil {
		a.log.WithLevel(level).Msg("level") // want `no context`
	}
}
