// Package main has constructors that an option would trace.
package main

import (
	"context"
	"net"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// There is room for an option.
func serve(lis net.Listener) error {
	s := grpc.NewServer( /* no options */ ) // want `the server has no tracing`
	return s.Serve(lis)
}

// The option comes last, or first; the comment stays with its line.
func dial() (*grpc.ClientConn, error) {
	return grpc.NewClient( // want `the client has no tracing`
		"billing:9090",
		grpc.WithTransportCredentials(insecure.NewCredentials()), // inside the cluster
	)
}

// Silent: only wiring.
func main() {
	tp := trace.NewTracerProvider()
	defer tp.Shutdown(context.Background())
	otel.SetTracerProvider(tp)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	conn, err := dial()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	lis, err := net.Listen("tcp", ":9090")
	if err != nil {
		panic(err)
	}
	_ = serve(lis)
}
