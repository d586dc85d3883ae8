// Package main is a gRPC server with the usual run function.
package main

import (
	"context"
	"fmt"
	"net"
	"os"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"google.golang.org/grpc"
)

// Only calls run.
func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The stats handler extracts with the global propagator, which nothing sets.
func run(ctx context.Context) error {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return err
	}
	tracing := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer tracing.Shutdown(context.WithoutCancel(ctx))
	otel.SetTracerProvider(tracing) // want `a tracer provider is set, but no propagator in the whole program`

	lis, err := net.Listen("tcp", ":9090")
	if err != nil {
		return err
	}
	s := grpc.NewServer(grpc.StatsHandler(otelgrpc.NewServerHandler()))
	return s.Serve(lis)
}
