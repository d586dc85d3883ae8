// Package main is right: the package that has the provider stops it.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"

	"github.com/tracevet/tracevet/testdata/noshutdown/innocent_split/telemetry"
)

// Silent: the goroutine of the signal shuts down and exits.
func main() {
	if err := telemetry.Install(context.Background()); err != nil {
		log.Fatal(err)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	done := make(chan struct{})
	go func() {
		<-signals
		_ = telemetry.Stop(context.Background())
		os.Exit(0)
	}()
	<-done
}
