// Package main is right: a member of the group shuts down at the end.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/tracevet/tracevet/testdata/noshutdown/innocent_split/telemetry"
)

// Silent: the shutdown is called in a closure that the group runs.
func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	shutdown, err := telemetry.SetupOTelSDK(ctx)
	if err != nil {
		log.Fatal(err)
	}
	srv := &http.Server{Addr: ":8080"}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(srv.ListenAndServe)
	g.Go(func() error {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if err := srv.Shutdown(end); err != nil {
			return err
		}
		return shutdown(end)
	})
	if err := g.Wait(); err != nil {
		log.Print(err)
	}
}
