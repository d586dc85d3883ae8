package handlers

import (
	"context"
	"errors"
	"io"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

// Health is a service.
type Health struct {
	healthpb.UnimplementedHealthServer
}

// Check returns a status with the span open.
func (h *Health) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	ctx, span := tracer.Start(ctx, "Check") // want `span is not ended on the path that returns on line 25,`
	if req.GetService() == "" {
		return nil, status.Error(codes.InvalidArgument, "service")
	}
	_, err := find(ctx, req.GetService())
	span.End()
	return &healthpb.HealthCheckResponse{}, err
}

// Watch streams; a failing Send leaves with the message's span open.
func (h *Health) Watch(req *healthpb.HealthCheckRequest, srv healthpb.Health_WatchServer) error {
	for {
		_, span := tracer.Start(srv.Context(), "Watch.send") // want `span is not ended on the path that returns on line 37,`
		if err := srv.Send(&healthpb.HealthCheckResponse{}); err != nil {
			return err
		}
		span.End()
	}
}

// UnaryInterceptor returns the handler's error with the span open.
func UnaryInterceptor(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	ctx, span := tracer.Start(ctx, info.FullMethod) // want `span is not ended on the path that returns on line 49,`
	resp, err := handler(ctx, req)
	if err != nil {
		span.SetAttributes(attribute.String("code", status.Code(err).String()))
		return nil, err
	}
	span.End()
	return resp, nil
}

// ReadAll receives until the end of the stream; io.EOF leaves without End.
func ReadAll(stream grpc.ServerStream) error {
	_, span := tracer.Start(stream.Context(), "ReadAll") // want `span is not ended on the path that returns on line 62,`
	for {
		var m healthpb.HealthCheckRequest
		err := stream.RecvMsg(&m)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			span.RecordError(err)
			span.End()
			return err
		}
	}
}

// StreamClient hands its span to the stream that it returns.
func StreamClient(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string, streamer grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
	ctx, span := tracer.Start(ctx, method)
	s, err := streamer(ctx, desc, cc, method, opts...)
	if err != nil {
		span.RecordError(err)
		span.End()
		return nil, err
	}
	return &tracedStream{ClientStream: s, span: span}, nil
}

type tracedStream struct {
	grpc.ClientStream
	span trace.Span
}

func (s *tracedStream) RecvMsg(m any) error {
	err := s.ClientStream.RecvMsg(m)
	if err != nil {
		s.span.End()
	}
	return err
}

// StreamClientError is the same constructor with a forgotten error path.
func StreamClientError(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string, streamer grpc.Streamer) (grpc.ClientStream, error) {
	ctx, span := tracer.Start(ctx, method) // want `span is not ended on the path that returns on line 102,`
	s, err := streamer(ctx, desc, cc, method)
	if err != nil {
		return nil, err
	}
	return &tracedStream{ClientStream: s, span: span}, nil
}

// ServerStream passes the span's context on in a wrapped stream and ends the
// span itself.
func ServerStream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	ctx, span := tracer.Start(ss.Context(), info.FullMethod)
	defer span.End()
	return handler(srv, &ctxStream{ServerStream: ss, ctx: ctx})
}

type ctxStream struct {
	grpc.ServerStream
	ctx context.Context
}

func (s *ctxStream) Context() context.Context { return s.ctx }
