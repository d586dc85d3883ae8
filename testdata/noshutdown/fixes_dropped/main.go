// Package main drops the function on a line where a name has room.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// The name shutdown is taken, and err is used below.
func main() {
	shutdown := make(chan struct{})
	_, err := telemetry.Init(context.Background()) // want `the shutdown function of telemetry.Init is dropped`
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		defer close(shutdown)
		log.Print(http.ListenAndServe(":8080", nil))
	}()
	<-shutdown
}
