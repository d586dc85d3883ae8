package reached

import (
	"context"
	"errors"
	"net/http"

	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// A Source gives rates; it is implemented in this package alone.
type source interface {
	Fetch(currency string) (float64, error)
}

type remote struct {
	hc  *http.Client
	url string
}

// Fetch is reached through the interface, and through a field of it.
func (r *remote) Fetch(currency string) (float64, error) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, r.url+currency, nil) // want `starts a new trace: Fetch is reached from \(\*Feed\).Sync`
	if err != nil {
		return 0, err
	}
	resp, err := r.hc.Do(req)
	if err != nil {
		return 0, err
	}
	return float64(resp.ContentLength), resp.Body.Close()
}

// Feed has the source in a field.
type Feed struct {
	src   source
	rates *Rates
}

// NewFeed makes one.
func NewFeed(hc *http.Client, url string, rates *Rates) *Feed {
	return &Feed{src: &remote{hc: hc, url: url}, rates: rates}
}

// Sync has a context and calls the interface's method, which has none.
func (f *Feed) Sync(ctx context.Context, currency string) error {
	v, err := f.src.Fetch(currency)
	if err != nil {
		return err
	}
	_, err = f.rates.db.ExecContext(ctx, "UPDATE rates SET rate = $1", v)
	return err
}

// Grpc is a handler of gRPC, three calls above the root.
type Grpc struct {
	healthpb.UnimplementedHealthServer
	*Feed
}

// Check reaches Third through First and Second.
func (g *Grpc) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	return &healthpb.HealthCheckResponse{}, errors.Join(ctx.Err(), g.First(req.GetService()))
}

// Watch reaches it by a shorter way, so it is the one that the finding names.
func (g *Grpc) Watch(req *healthpb.HealthCheckRequest, stream healthpb.Health_WatchServer) error {
	if err := g.Second(req.GetService()); err != nil {
		return err
	}
	return stream.Send(&healthpb.HealthCheckResponse{})
}

// First calls Second.
func (g *Grpc) First(s string) error { return g.Second(s + "1") }

// Second calls Third.
func (g *Grpc) Second(s string) error { return g.Third(s + "2") }

// Third has the root.
func (g *Grpc) Third(s string) error {
	_, span := tracer.Start(context.Background(), "third") // want `starts a new trace: Third is reached from handler \(\*Grpc\).Watch through Second$`
	defer span.End()
	span.AddEvent(s)
	return nil
}
