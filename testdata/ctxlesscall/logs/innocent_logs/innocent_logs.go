// Package innocent_logs logs with a context, or where none is at hand.
package innocent_logs

import (
	"context"
	"log/slog"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"github.com/rs/zerolog"
	zlog "github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

// API has loggers of all kinds.
type API struct {
	s *slog.Logger
	z *zap.Logger
	r *logrus.Logger
	e zerolog.Logger
}

// Slog gives the context.
func (a *API) Slog(ctx context.Context) {
	slog.InfoContext(ctx, "slog")
	a.s.Log(ctx, slog.LevelWarn, "slog")
	a.s.LogAttrs(ctx, slog.LevelError, "slog")
}

// Zap gives it as a field, of the call or of the logger.
func (a *API) Zap(c *gin.Context) {
	a.z.Info("zap", zap.Any("ctx", c.Request.Context()))
	l := a.z.With(zap.Reflect("context", c.Request.Context()))
	l.Warn("zap")
}

// Zerolog takes the logger from the context, or gives the context to the event.
func (a *API) Zerolog(w http.ResponseWriter, r *http.Request) {
	zerolog.Ctx(r.Context()).Info().Msg("zerolog")
	zlog.Ctx(r.Context()).Error().Send()
	a.e.Info().Ctx(r.Context()).Msg("zerolog")
	own := a.e.With().Ctx(r.Context()).Logger()
	own.Warn().Msg("zerolog")
}

// Logrus gives the context to the entry.
func (a *API) Logrus(ctx context.Context) {
	a.r.WithContext(ctx).Info("logrus")
	l := a.r.WithContext(ctx).WithField("a", 1)
	l.Warn("logrus")
	logrus.WithContext(ctx).WithError(ctx.Err()).Error("logrus")
}

// Started logs at start-up, where no context is.
func Started(addr string) {
	slog.Info("started", "addr", addr)
	logrus.Info("started")
	zlog.Info().Msg("started")
	zap.L().Info("started")
}

// Deferred logs when the request is over.
func (a *API) Deferred(w http.ResponseWriter, r *http.Request) {
	defer a.s.Info("done")
	defer func() { a.r.Info("done") }()
	w.WriteHeader(http.StatusNoContent)
}

// fromContext is a team's own way: the logger was given the context before.
func fromContext(ctx context.Context) *slog.Logger {
	if l, ok := ctx.Value(loggerKey{}).(*slog.Logger); ok {
		return l
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, nil))
}

type loggerKey struct{}

// FromContext uses it.
func FromContext(ctx context.Context) {
	fromContext(ctx).Info("from context")
	l := fromContext(ctx).With("a", 1)
	l.Error("from context")
}
