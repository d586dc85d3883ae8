// Package main is right: its interceptors and options do the tracing.
package main

import (
	"context"
	"log"
	"net"

	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

func traced(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	ctx, span := otel.Tracer("own").Start(ctx, info.FullMethod)
	defer span.End()
	return next(ctx, req)
}

// Silent: a hand-written interceptor starts the span.
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
	log.Print(grpc.NewServer(grpc.ChainUnaryInterceptor(traced)).Serve(lis))
}
