// Package bank is a client of another service, in three shapes.
package bank

import (
	"context"
	"fmt"
	"net/http"

	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// A Client talks HTTP.
type Client struct {
	hc   *http.Client
	base string
}

// Balance has the root two helpers down.
func (c *Client) Balance(account string) (int64, error) {
	resp, err := c.get("/accounts/" + account)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.ContentLength, nil
}

func (c *Client) get(path string) (*http.Response, error) { return c.do(http.MethodGet, path) }

func (c *Client) do(method, path string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(context.Background(), method, c.base+path, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c.hc.Do(req)
}

// Balances is a stub of gRPC over a root.
type Balances struct{ stub healthpb.HealthClient }

// NewBalances makes one.
func NewBalances(stub healthpb.HealthClient) *Balances { return &Balances{stub} }

// Up asks the service.
func (b *Balances) Up(service string) bool {
	resp, err := b.stub.Check(context.TODO(), &healthpb.HealthCheckRequest{Service: service})
	return err == nil && resp.GetStatus() == healthpb.HealthCheckResponse_SERVING
}

// Pure does no work with its root.
func Pure(name string) context.Context {
	type key struct{}
	return context.WithValue(context.Background(), key{}, name)
}
