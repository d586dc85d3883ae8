// Package client is the client of a service, with spans of its own.
package client

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("client")

// Fetch is what the command line shares with a service that traces.
func Fetch(ctx context.Context, url string) error {
	ctx, span := tracer.Start(ctx, "fetch")
	defer span.End()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
