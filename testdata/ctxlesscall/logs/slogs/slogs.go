// Package slogs logs with log/slog without the context that is at hand: the
// records have no trace id. Reported only with the option for logs.
package slogs

import (
	"context"
	"errors"
	"log/slog"
	sl "log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
)

var errNone = errors.New("none")

// API has a logger in a field.
type API struct{ log *slog.Logger }

// Get logs with the default logger.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	slog.Info("get", "path", r.URL.Path) // want `slog.Info has no context.*InfoContext`
	w.WriteHeader(http.StatusNoContent)
}

// Put logs with its own.
func (a *API) Put(c *gin.Context) {
	if err := c.Request.ParseForm(); err != nil {
		a.log.Error("put", slog.Any("err", err)) // want `log.Error has no context.*ErrorContext`
		return
	}
	a.log.Debug("put") // want `log.Debug has no context.*DebugContext`
}

// Derived adds attributes first.
func (a *API) Derived(ctx context.Context, id string) error {
	l := a.log.With("id", id).WithGroup("derived")
	if ctx.Err() != nil {
		l.Warn("given up") // want `l.Warn has no context.*WarnContext`
		return ctx.Err()
	}
	a.log.With("id", id).Info("derived") // want `Info has no context.*InfoContext`
	return errNone
}

// Renamed has the package under another name.
func Renamed(ctx context.Context) {
	sl.Default().Error("renamed", "err", errNone) // want `Error has no context.*ErrorContext`
}

// Closure logs in a literal that it calls.
func (a *API) Closure(ctx context.Context, names ...string) {
	say := func(n string) { a.log.Info(n) } // want `log.Info has no context.*InfoContext`
	for _, n := range names {
		say(n)
	}
}
