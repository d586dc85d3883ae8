// Package dispatchpb is the service dispatch.Routing for gRPC, in the form that
// protoc-gen-go-grpc gives such a package. Its messages are those of protobuf itself.
package dispatchpb

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// The full names of the methods.
const (
	Routing_Plan_FullMethodName    = "/dispatch.Routing/Plan"
	Routing_Find_FullMethodName    = "/dispatch.Routing/Find"
	Routing_History_FullMethodName = "/dispatch.Routing/History"
)

// RoutingClient is the client API of the service.
type RoutingClient interface {
	// Plan plans the way of a parcel, of which it gets the id, and returns the courier.
	Plan(ctx context.Context, in *wrapperspb.StringValue, opts ...grpc.CallOption) (*wrapperspb.StringValue, error)
	// Find returns where a parcel is.
	Find(ctx context.Context, in *wrapperspb.StringValue, opts ...grpc.CallOption) (*wrapperspb.StringValue, error)
	// History returns where a parcel has been.
	History(ctx context.Context, in *wrapperspb.StringValue, opts ...grpc.CallOption) (grpc.ServerStreamingClient[wrapperspb.StringValue], error)
}

type routingClient struct{ cc grpc.ClientConnInterface }

// NewRoutingClient returns a client on a connection.
func NewRoutingClient(cc grpc.ClientConnInterface) RoutingClient { return &routingClient{cc} }

func (c *routingClient) Plan(ctx context.Context, in *wrapperspb.StringValue, opts ...grpc.CallOption) (*wrapperspb.StringValue, error) {
	out := new(wrapperspb.StringValue)
	if err := c.cc.Invoke(ctx, Routing_Plan_FullMethodName, in, out, opts...); err != nil {
		return nil, err
	}
	return out, nil
}

func (c *routingClient) Find(ctx context.Context, in *wrapperspb.StringValue, opts ...grpc.CallOption) (*wrapperspb.StringValue, error) {
	out := new(wrapperspb.StringValue)
	if err := c.cc.Invoke(ctx, Routing_Find_FullMethodName, in, out, opts...); err != nil {
		return nil, err
	}
	return out, nil
}

func (c *routingClient) History(ctx context.Context, in *wrapperspb.StringValue, opts ...grpc.CallOption) (grpc.ServerStreamingClient[wrapperspb.StringValue], error) {
	stream, err := c.cc.NewStream(ctx, &Routing_ServiceDesc.Streams[0], Routing_History_FullMethodName, opts...)
	if err != nil {
		return nil, err
	}
	x := &grpc.GenericClientStream[wrapperspb.StringValue, wrapperspb.StringValue]{ClientStream: stream}
	if err := x.ClientStream.SendMsg(in); err != nil {
		return nil, err
	}
	if err := x.ClientStream.CloseSend(); err != nil {
		return nil, err
	}
	return x, nil
}

// RoutingServer is the server API of the service.
type RoutingServer interface {
	Plan(context.Context, *wrapperspb.StringValue) (*wrapperspb.StringValue, error)
	Find(context.Context, *wrapperspb.StringValue) (*wrapperspb.StringValue, error)
	History(*wrapperspb.StringValue, grpc.ServerStreamingServer[wrapperspb.StringValue]) error
	mustEmbedUnimplementedRoutingServer()
}

// UnimplementedRoutingServer has to be embedded, by value.
type UnimplementedRoutingServer struct{}

// Plan implements RoutingServer.
func (UnimplementedRoutingServer) Plan(context.Context, *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
	return nil, status.Error(codes.Unimplemented, "method Plan not implemented")
}

// Find implements RoutingServer.
func (UnimplementedRoutingServer) Find(context.Context, *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
	return nil, status.Error(codes.Unimplemented, "method Find not implemented")
}

// History implements RoutingServer.
func (UnimplementedRoutingServer) History(*wrapperspb.StringValue, grpc.ServerStreamingServer[wrapperspb.StringValue]) error {
	return status.Error(codes.Unimplemented, "method History not implemented")
}

func (UnimplementedRoutingServer) mustEmbedUnimplementedRoutingServer() {}

// RegisterRoutingServer has a server serve srv.
func RegisterRoutingServer(s grpc.ServiceRegistrar, srv RoutingServer) {
	s.RegisterService(&Routing_ServiceDesc, srv)
}

func _Routing_Plan_Handler(srv any, ctx context.Context, dec func(any) error, interceptor grpc.UnaryServerInterceptor) (any, error) {
	in := new(wrapperspb.StringValue)
	if err := dec(in); err != nil {
		return nil, err
	}
	if interceptor == nil {
		return srv.(RoutingServer).Plan(ctx, in)
	}
	info := &grpc.UnaryServerInfo{Server: srv, FullMethod: Routing_Plan_FullMethodName}
	handler := func(ctx context.Context, req any) (any, error) {
		return srv.(RoutingServer).Plan(ctx, req.(*wrapperspb.StringValue))
	}
	return interceptor(ctx, in, info, handler)
}

func _Routing_Find_Handler(srv any, ctx context.Context, dec func(any) error, interceptor grpc.UnaryServerInterceptor) (any, error) {
	in := new(wrapperspb.StringValue)
	if err := dec(in); err != nil {
		return nil, err
	}
	if interceptor == nil {
		return srv.(RoutingServer).Find(ctx, in)
	}
	info := &grpc.UnaryServerInfo{Server: srv, FullMethod: Routing_Find_FullMethodName}
	handler := func(ctx context.Context, req any) (any, error) {
		return srv.(RoutingServer).Find(ctx, req.(*wrapperspb.StringValue))
	}
	return interceptor(ctx, in, info, handler)
}

func _Routing_History_Handler(srv any, stream grpc.ServerStream) error {
	m := new(wrapperspb.StringValue)
	if err := stream.RecvMsg(m); err != nil {
		return err
	}
	return srv.(RoutingServer).History(m, &grpc.GenericServerStream[wrapperspb.StringValue, wrapperspb.StringValue]{ServerStream: stream})
}

// Routing_ServiceDesc describes the service to gRPC.
var Routing_ServiceDesc = grpc.ServiceDesc{
	ServiceName: "dispatch.Routing",
	HandlerType: (*RoutingServer)(nil),
	Methods: []grpc.MethodDesc{
		{MethodName: "Plan", Handler: _Routing_Plan_Handler},
		{MethodName: "Find", Handler: _Routing_Find_Handler},
	},
	Streams: []grpc.StreamDesc{
		{StreamName: "History", Handler: _Routing_History_Handler, ServerStreams: true},
	},
}
