package grpcapi

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// Watch streams: no variable in it is a context, but the stream has one.
func (h *Health) Watch(req *healthpb.HealthCheckRequest, srv healthpb.Health_WatchServer) error {
	ctx := context.Background() // want `the request's context is at hand: srv.Context\(\)`
	for range 10 {
		st, err := h.ask(ctx, req.GetService())
		if err != nil {
			return err
		}
		if err := srv.Send(&healthpb.HealthCheckResponse{Status: st}); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
	return nil
}

// Generic is another service with the generic stream type; the span is a root's.
type Generic struct {
	healthpb.UnimplementedHealthServer
	p *probes
}

// Watch starts its span over a root, and all that comes after is in that trace.
func (g *Generic) Watch(req *healthpb.HealthCheckRequest, out grpc.ServerStreamingServer[healthpb.HealthCheckResponse]) error {
	ctx, span := otel.Tracer("grpcapi").Start(context.Background(), "Generic.Watch") // want `the request's context is at hand: out.Context\(\)`
	defer span.End()
	st, err := g.p.ask(ctx, req.GetService())
	if err != nil {
		return err
	}
	return out.Send(&healthpb.HealthCheckResponse{Status: st})
}

// Streams is a stream interceptor with a root.
func Streams(p *probes) grpc.StreamServerInterceptor {
	return func(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
		if _, err := p.ask(context.TODO(), info.FullMethod); err != nil { // want `the request's context is at hand: ss.Context\(\)`
			return err
		}
		return handler(srv, ss)
	}
}

// Wrapped hands a stream on whose context is a root. A limit: a context in a
// struct is not followed, so it is silent.
func Wrapped(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	type key struct{}
	ctx := context.WithValue(context.Background(), key{}, info.FullMethod)
	return handler(srv, &withContext{ServerStream: ss, ctx: ctx})
}

type withContext struct {
	grpc.ServerStream
	ctx context.Context
}

// Context is the context of the stream.
func (w *withContext) Context() context.Context { return w.ctx }

// relay is a helper that is given the stream.
func (h *Health) relay(ss grpc.ServerStream, service string) error {
	st, err := h.ask(context.Background(), service) // want `the request's context is at hand: ss.Context\(\)`
	if err != nil {
		return err
	}
	return ss.SendMsg(&healthpb.HealthCheckResponse{Status: st})
}
