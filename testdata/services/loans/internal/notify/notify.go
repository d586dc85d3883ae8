// Package notify writes to readers, through the service that does.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/loans/internal/telemetry"
)

// A Client is one of the service that writes to readers.
type Client struct {
	base string
	http http.Client
}

// NewClient returns a client of the service at base.
func NewClient(base string) *Client {
	return &Client{base: base, http: http.Client{Transport: otelhttp.NewTransport(nil), Timeout: 10 * time.Second}}
}

// Notify writes to a reader.
func (c *Client) Notify(ctx context.Context, reader, text string) error {
	return telemetry.With(ctx, "notify", func(ctx context.Context, span trace.Span) error {
		span.SetAttributes(attribute.String("reader.id", reader))
		return c.post(ctx, "/notices", map[string]string{"to": reader, "text": text})
	})
}

// post posts a JSON value.
func (c *Client) post(ctx context.Context, path string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	resp, err := c.http.Post(c.base+path, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("POST %s: %s", path, resp.Status)
	}
	return nil
}
