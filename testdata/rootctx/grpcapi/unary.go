// Package grpcapi implements a gRPC service and its interceptors.
package grpcapi

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

// probes asks other services how they are.
type probes struct{ peer healthpb.HealthClient }

func (p *probes) ask(ctx context.Context, service string) (healthpb.HealthCheckResponse_ServingStatus, error) {
	ctx, span := otel.Tracer("grpcapi").Start(ctx, "probes.ask")
	defer span.End()
	resp, err := p.peer.Check(ctx, &healthpb.HealthCheckRequest{Service: service})
	return resp.GetStatus(), err
}

// Health is the service.
type Health struct {
	healthpb.UnimplementedHealthServer
	*probes
}

// Check is a unary method: its context is the request's.
func (h *Health) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	st, err := h.ask(context.Background(), req.GetService()) // want `^context.Background\(\) starts a new trace, although the request's context is at hand: ctx$`
	if err != nil {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	return &healthpb.HealthCheckResponse{Status: st}, nil
}

// List calls the peer with a root that has a deadline.
func (h *Health) List(rpc context.Context, req *healthpb.HealthListRequest) (*healthpb.HealthListResponse, error) {
	short, cancel := context.WithTimeout(context.TODO(), time.Second) // want `the request's context is at hand: rpc$`
	defer cancel()
	return h.peer.List(short, req)
}

// Audit is a unary interceptor that calls a peer with a root.
func Audit(peer healthpb.HealthClient) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		if _, err := peer.Check(context.Background(), &healthpb.HealthCheckRequest{Service: info.FullMethod}); err != nil { // want `is at hand: ctx$`
			return nil, err
		}
		return handler(ctx, req)
	}
}

// Fresh is a unary interceptor that hands on a root.
func Fresh(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	type key struct{}
	return handler(context.WithValue(context.Background(), key{}, info.FullMethod), req) // want `is at hand: ctx$`
}

// Dial is a client interceptor with a root.
func Dial(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoker grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	if method == "" {
		return status.FromContextError(ctx.Err()).Err()
	}
	return invoker(context.Background(), method, req, reply, cc, opts...) // want `the caller's context is at hand: ctx$|is at hand: ctx$`
}
