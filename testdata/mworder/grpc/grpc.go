// Package grpc has gRPC servers and clients whose tracing is wired wrongly.
package grpc

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

var tracer = otel.Tracer("grpc")

// traced is an interceptor that starts the server's span.
func traced(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	ctx, span := tracer.Start(ctx, info.FullMethod, trace.WithSpanKind(trace.SpanKindServer))
	defer span.End()
	return handler(ctx, req)
}

// logged logs with the context it got.
func logged(log *slog.Logger) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		res, err := handler(ctx, req)
		log.InfoContext(ctx, "call", "method", info.FullMethod)
		return res, err
	}
}

// authorized starts a span.
func authorized(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	_, span := tracer.Start(ctx, "authorize")
	span.End()
	return handler(ctx, req)
}

// Twice has two stats handlers: both keep their span under one key, so the
// outer is never ended.
func Twice() *grpc.Server {
	return grpc.NewServer(
		grpc.StatsHandler(otelgrpc.NewServerHandler()),
		grpc.StatsHandler(otelgrpc.NewServerHandler()), // want `^tracing is registered twice, first on line 44, so the outer spans never end$`
	)
}

// TwiceInASlice collects the options.
func TwiceInASlice(tls bool) *grpc.Server {
	opts := []grpc.ServerOption{grpc.StatsHandler(otelgrpc.NewServerHandler())}
	if tls {
		opts = append(opts, grpc.MaxRecvMsgSize(1<<20))
	}
	opts = append(opts, grpc.StatsHandler(otelgrpc.NewServerHandler())) // want `tracing is registered twice, first on line 51, so the outer spans never end`
	return grpc.NewServer(opts...)
}

func baseOptions() []grpc.ServerOption {
	return []grpc.ServerOption{
		grpc.MaxRecvMsgSize(1 << 20),
		grpc.StatsHandler(otelgrpc.NewServerHandler()),
	}
}

// TwiceByHelper takes options from a function that has it already.
func TwiceByHelper() *grpc.Server {
	opts := append(baseOptions(), grpc.StatsHandler(otelgrpc.NewServerHandler())) // want `tracing is registered twice, first on line \d+, so the outer spans never end`
	return grpc.NewServer(opts...)
}

// TwiceClient is the same on a client.
func TwiceClient(addr string) (*grpc.ClientConn, error) {
	return grpc.NewClient(addr,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler()),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler()), // want `tracing is registered twice, first on line 76, so the outer spans never end`
	)
}

// LogBefore chains the logging interceptor before the tracing one.
func LogBefore(log *slog.Logger) *grpc.Server {
	return grpc.NewServer(grpc.ChainUnaryInterceptor(
		logged(log), // want `logged\S* runs before tracing, which is registered on line \d+, so `
		traced,
	))
}

// AuthBefore has them in two options.
func AuthBefore() *grpc.Server {
	return grpc.NewServer(
		grpc.ChainUnaryInterceptor(authorized), // want `authorized runs before tracing, which is registered on line 93, so its spans are in a trace of their own`
		grpc.ChainUnaryInterceptor(traced),
	)
}

// builder collects interceptors.
type builder struct {
	unary []grpc.UnaryServerInterceptor
}

func (b *builder) with(i grpc.UnaryServerInterceptor) *builder {
	b.unary = append(b.unary, i)
	return b
}

func (b *builder) build() *grpc.Server {
	return grpc.NewServer(grpc.ChainUnaryInterceptor(b.unary...))
}

// Built chains through a builder.
func Built() *grpc.Server {
	b := &builder{}
	b.with(authorized) // want `authorized runs before tracing, which is registered on line 115, so its spans`
	b.with(traced)
	return b.build()
}
