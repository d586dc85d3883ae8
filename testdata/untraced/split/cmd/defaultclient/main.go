// Package main calls with the client that everybody has.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

// The default client has the default transport.
func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req) // want `the client has no tracing`
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// Silent: the finding is in fetch.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	log.Print(fetch(ctx, "http://billing/"))
}
