// Package app is the whole program; main only calls it.
package app

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/nopropagator/deep/observe"
)

// Run serves until it cannot. Silent: app is not package main.
func Run(ctx context.Context) error {
	if err := observe.Setup(ctx, "billing"); err != nil {
		return err
	}
	return http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "billing"))
}
