// Package app is the program; main only calls it.
package app

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// An App is a server.
type App struct {
	addr string
}

// New returns the App for addr.
func New(addr string) *App { return &App{addr} }

// Run serves. Silent: not package main.
func (a *App) Run(ctx context.Context) error {
	if err := telemetry.InitTracer(ctx); err != nil {
		return err
	}
	return http.ListenAndServe(a.addr, otelhttp.NewHandler(http.NotFoundHandler(), "app"))
}
