// Package main calls over gRPC without a stats handler.
package main

import (
	"context"
	"log"

	rpc "google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

// The trace ends here: no metadata is sent along.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	conn, err := rpc.NewClient("billing:9090", rpc.WithTransportCredentials(insecure.NewCredentials())) // want `the client has no tracing`
	if err != nil {
		log.Print(err)
		return
	}
	defer conn.Close()
	_, err = healthpb.NewHealthClient(conn).Check(ctx, &healthpb.HealthCheckRequest{})
	log.Print(err)
}
