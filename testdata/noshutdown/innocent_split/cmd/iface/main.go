// Package main is right: it knows its provider by an interface.
package main

import (
	"context"
	"log"

	"github.com/tracevet/tracevet/testdata/noshutdown/innocent_split/telemetry"
)

type app struct {
	stoppers []telemetry.Stopper
}

func (a *app) stop(ctx context.Context) {
	for _, s := range a.stoppers {
		if err := s.Shutdown(ctx); err != nil {
			log.Print(err)
		}
	}
}

// Silent: stored in a list, of which all are stopped.
func main() {
	ctx := context.Background()
	tracing, err := telemetry.Start(ctx)
	if err != nil {
		log.Fatal(err)
	}
	a := &app{stoppers: []telemetry.Stopper{tracing}}
	defer a.stop(ctx)
}
