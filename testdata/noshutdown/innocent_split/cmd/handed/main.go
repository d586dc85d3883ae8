// Package main is right: the shutdown goes into a field, and from there to
// the server.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/noshutdown/innocent_split/telemetry"
)

type hooks struct {
	atExit func(context.Context) error
}

// Silent: a server's Shutdown calls what is registered there.
func main() {
	var h hooks
	var err error
	if h.atExit, err = telemetry.SetupOTelSDK(context.Background()); err != nil {
		log.Fatal(err)
	}
	srv := &http.Server{Addr: ":8080"}
	srv.RegisterOnShutdown(func() { _ = h.atExit(context.Background()) })
	log.Print(srv.ListenAndServe())
}
