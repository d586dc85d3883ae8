// Package grpc_innocent has gRPC servers and clients that are rightly wired.
package grpc_innocent

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/stats"
	"google.golang.org/grpc/status"
)

var tracer = otel.Tracer("grpc")

func logged(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	res, err := handler(ctx, req)
	slog.InfoContext(ctx, "call", "method", info.FullMethod)
	return res, err
}

func authorized(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	ctx, span := tracer.Start(ctx, "authorize")
	defer span.End()
	return handler(ctx, req)
}

func recovered(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (_ any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = status.Errorf(codes.Internal, "panic: %v", p)
		}
	}()
	return handler(ctx, req)
}

// counter counts bytes: a stats handler that traces nothing.
type counter struct{}

func (counter) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context   { return ctx }
func (counter) HandleRPC(context.Context, stats.RPCStats)                         {}
func (counter) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }
func (counter) HandleConn(context.Context, stats.ConnStats)                       {}

// AfterInterceptors names the stats handler last: it runs before every
// interceptor whatever the order.
func AfterInterceptors() *grpc.Server {
	return grpc.NewServer(
		grpc.ChainUnaryInterceptor(recovered, logged, authorized),
		grpc.StatsHandler(otelgrpc.NewServerHandler()),
	)
}

// SpanInside has an interceptor whose span is a child of the handler's.
func SpanInside() *grpc.Server {
	return grpc.NewServer(
		grpc.StatsHandler(otelgrpc.NewServerHandler()),
		grpc.UnaryInterceptor(authorized),
	)
}

// TwoKinds has a second stats handler, which only counts.
func TwoKinds() *grpc.Server {
	return grpc.NewServer(
		grpc.StatsHandler(counter{}),
		grpc.StatsHandler(otelgrpc.NewServerHandler()),
	)
}

// TwoServers traces each once.
func TwoServers() (*grpc.Server, *grpc.Server) {
	public := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler()))
	private := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler()))
	return public, private
}

// ServerAndClient has one on each side.
func ServerAndClient(addr string) (*grpc.Server, *grpc.ClientConn, error) {
	server := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler()))
	conn, err := grpc.NewClient(addr,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler()))
	return server, conn, err
}

// Shared uses one option for two servers.
func Shared() []*grpc.Server {
	traced := grpc.StatsHandler(otelgrpc.NewServerHandler())
	return []*grpc.Server{grpc.NewServer(traced), grpc.NewServer(traced, grpc.UnaryInterceptor(logged))}
}

// Either has one of two.
func Either(public bool) *grpc.Server {
	var opts []grpc.ServerOption
	if public {
		opts = append(opts, grpc.StatsHandler(otelgrpc.NewServerHandler(otelgrpc.WithPublicEndpointFn(
			func(context.Context, *stats.RPCTagInfo) bool { return true }))))
	} else {
		opts = append(opts, grpc.StatsHandler(otelgrpc.NewServerHandler()))
	}
	return grpc.NewServer(opts...)
}
