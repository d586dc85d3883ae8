// Package main is right: it follows the documentation.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/noshutdown/innocent_split/telemetry"
)

// Silent: run has returned, its defers have run, when log.Fatalln is called.
func main() {
	if err := run(); err != nil {
		log.Fatalln(err)
	}
}

// Silent: the shutdown is called with a context of its own.
func run() (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	otelShutdown, err := telemetry.SetupOTelSDK(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, otelShutdown(context.Background())) }()

	srv := &http.Server{Handler: otelhttp.NewHandler(http.NotFoundHandler(), "/")}
	srvErr := make(chan error, 1)
	go func() { srvErr <- srv.ListenAndServe() }()
	select {
	case err = <-srvErr:
		return err
	case <-ctx.Done():
		stop()
	}
	return srv.Shutdown(context.Background())
}
