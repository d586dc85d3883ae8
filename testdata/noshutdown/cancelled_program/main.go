// Package main uses the context of its signal for everything.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// The function that Init returned is Shutdown.
func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx) // want `ctx is cancelled when`

	go http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web"))
	<-ctx.Done()
}
