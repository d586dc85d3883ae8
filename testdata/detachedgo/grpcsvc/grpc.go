// Package grpcsvc starts goroutines in the methods of a gRPC service.
package grpcsvc

import (
	"context"
	"log"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

var tracer = otel.Tracer("grpcsvc")

// Health is the service.
type Health struct {
	healthpb.UnimplementedHealthServer
	svc *work.Service
	wg  sync.WaitGroup
	grp errgroup.Group
}

var _ healthpb.HealthServer = (*Health)(nil)

// Check records on the call's context.
func (h *Health) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	ctx, span := tracer.Start(ctx, "Check")
	defer span.End()
	go h.svc.Record(ctx, work.Order{ID: req.GetService()}) // want `the goroutine works on ctx, which is cancelled when the handler .*Check returns`
	return &healthpb.HealthCheckResponse{}, nil
}

// Watch works on a root although it has a stream.
func (h *Health) Watch(req *healthpb.HealthCheckRequest, stream healthpb.Health_WatchServer) error {
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		h.svc.Record(context.Background(), work.Order{ID: req.GetService()})
	}()
	return stream.Send(&healthpb.HealthCheckResponse{})
}

// List waits for nobody: the wait group is the server's.
func (h *Health) List(ctx context.Context, req *healthpb.HealthListRequest) (*healthpb.HealthListResponse, error) {
	h.wg.Go(func() { // want `the goroutine works on ctx, which is cancelled when the handler .*List returns`
		if err := h.svc.Confirm(ctx, work.Order{}); err != nil {
			log.Print(err)
		}
	})
	return &healthpb.HealthListResponse{}, nil
}

// Other is a second service, with a value receiver and other names.
type Other struct {
	healthpb.UnimplementedHealthServer
	svc *work.Service
	h   *Health
}

// Check submits to a group that is waited for at shutdown.
func (o Other) Check(rpc context.Context, in *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	o.h.grp.Go(func() error { // want `the goroutine works on rpc, which is cancelled when the handler .*Check returns`
		return o.svc.Confirm(rpc, work.Order{ID: in.GetService()})
	})
	return nil, nil
}

// Watch gives the stream's context to a goroutine and returns.
func (o Other) Watch(in *healthpb.HealthCheckRequest, srv healthpb.Health_WatchServer) error {
	ctx := srv.Context()
	name := in.GetService()
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Watch returns`
		defer log.Print("done")
		_, span := tracer.Start(ctx, name)
		defer span.End()
		_ = o.svc.Confirm(ctx, work.Order{ID: name})
	}()
	return nil
}

// Unary is an interceptor that records on a root.
func (h *Health) Unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	resp, err := handler(ctx, req)
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		c, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		h.svc.Record(c, work.Order{ID: info.FullMethod})
	}()
	return resp, err
}
