// Package main calls over HTTP with a plain client.
package main

import (
	"context"
	"log"
	"net/http"
	"time"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

// The transport is the default one.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	client := &http.Client{Timeout: 5 * time.Second} // want `the client has no tracing`
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://billing/", nil)
	if err != nil {
		log.Print(err)
		return
	}
	if res, err := client.Do(req); err == nil {
		res.Body.Close()
	}
}
