// Package server is the gRPC service on top.
package server

import (
	"context"

	"github.com/tracevet/tracevet/testdata/rootctx/billing/ledger"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

// Server implements the service.
type Server struct {
	healthpb.UnimplementedHealthServer
	books *ledger.Ledger
}

// Check reaches the bank through the ledger.
func (s *Server) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	if !s.books.Ready(ctx) {
		return nil, status.Error(codes.Unavailable, "bank")
	}
	if _, err := s.books.Sum(req.GetService()); err != nil { // want `starts a new trace: it reaches context.Background\(\) in .*do`
		return nil, status.Error(codes.Internal, err.Error())
	}
	return &healthpb.HealthCheckResponse{}, nil
}

// Watch calls a method that the ledger has by embedding.
func (s *Server) Watch(req *healthpb.HealthCheckRequest, stream grpc.ServerStreamingServer[healthpb.HealthCheckResponse]) error {
	if _, err := s.books.Balance(req.GetService()); err != nil { // want `starts a new trace: it reaches context.Background\(\) in .*do`
		return err
	}
	return stream.Send(&healthpb.HealthCheckResponse{})
}

// Warm is called at start-up, where nobody waits.
func (s *Server) Warm() { _, _ = s.books.Sum("cash", "assets") }
