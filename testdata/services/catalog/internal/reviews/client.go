// Package reviews asks the service that keeps what customers think.
package reviews

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("catalog/reviews")

// Summary is what customers think of a product, in short.
type Summary struct {
	Count int     `json:"count"`
	Stars float64 `json:"stars"`
}

// Client asks for reviews.
type Client struct {
	base string
	http *http.Client
}

// NewClient returns a client of the service at base.
func NewClient(base string) *Client {
	return &Client{base: base, http: &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}}
}

// Summary returns the summary of a product's reviews.
func (c *Client) Summary(ctx context.Context, sku string) (sum Summary, err error) {
	ctx, span := tracer.Start(ctx, "reviews.summary", trace.WithAttributes(attribute.String("product.sku", sku)))
	defer span.End()

	err = c.get(ctx, "/reviews/"+url.PathEscape(sku), &sum)
	if err != nil {
		span.RecordError(err)
		return Summary{}, err
	}
	return sum, nil
}

// get gets a JSON value.
func (c *Client) get(ctx context.Context, path string, value any) error {
	req, err := http.NewRequest(http.MethodGet, c.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", path, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(value)
}
