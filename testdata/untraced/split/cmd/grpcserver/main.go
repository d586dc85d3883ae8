// Package main serves gRPC without its stats handler.
package main

import (
	"context"
	"log"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

// The options are there, and none of them traces.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	lis, err := net.Listen("tcp", ":9090")
	if err != nil {
		log.Print(err)
		return
	}
	s := grpc.NewServer(grpc.MaxRecvMsgSize(1 << 20)) // want `the server has no tracing, so its requests start no span`
	healthpb.RegisterHealthServer(s, health.NewServer())
	log.Print(s.Serve(lis))
}
