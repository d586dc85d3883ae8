// Package main exports spans over connections of its own, beside the one that it
// calls another service over.
package main

import (
	"context"
	"log"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// Silent: with tracing, each export of spans would make one to export.
func exporter(ctx context.Context) (*otlptrace.Exporter, error) {
	conn, err := grpc.NewClient("collector:4317", grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	return otlptracegrpc.New(ctx, otlptracegrpc.WithGRPCConn(conn))
}

// Silent: it is for an exporter, too.
func dial() (*grpc.ClientConn, error) {
	return grpc.NewClient("spare:4317", grpc.WithTransportCredentials(insecure.NewCredentials()))
}

// Silent: it is handed to a function of the program.
func spare(ctx context.Context) (*otlptrace.Exporter, error) {
	conn, err := grpc.NewClient("spare:4317", grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	return over(ctx, conn)
}

// Silent: no connection is made here.
func over(ctx context.Context, conn *grpc.ClientConn) (*otlptrace.Exporter, error) {
	return otlptracegrpc.New(ctx, otlptracegrpc.WithGRPCConn(conn))
}

// The trace ends here: this one is for calls.
func check(ctx context.Context) error {
	conn, err := grpc.NewClient("billing:9090", grpc.WithTransportCredentials(insecure.NewCredentials())) // want `the client has no tracing`
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = healthpb.NewHealthClient(conn).Check(ctx, &healthpb.HealthCheckRequest{})
	return err
}

// Silent: only wiring.
func main() {
	ctx := context.Background()
	exp, err := exporter(ctx)
	if err != nil {
		log.Fatal(err)
	}
	if conn, err := dial(); err == nil {
		_, _ = over(ctx, conn)
	}
	_, _ = spare(ctx)
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer tp.Shutdown(ctx)
	otel.SetTracerProvider(tp)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	log.Print(check(ctx))
}
