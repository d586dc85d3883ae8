// Package main calls its set-up as if it returned nothing.
package main

import (
	"context"
	"net"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// MustInit returns only the function, and it is dropped.
func main() {
	telemetry.MustInit(context.Background()) // want `the shutdown function of telemetry.MustInit is dropped, so`

	lis, err := net.Listen("tcp", ":9000")
	if err != nil {
		panic(err)
	}
	_ = grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler())).Serve(lis)
}
