// Package main has the set-up that most tutorials have: it returns an error
// and nothing else.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// The provider is made inline, and only the error comes back.
func InitTracer(ctx context.Context, service string) error {
	exp, err := otlptracegrpc.New(ctx, otlptracegrpc.WithInsecure())
	if err != nil {
		return err
	}
	otel.SetTracerProvider(sdktrace.NewTracerProvider( // want `never shut down, so the spans of its last batch are lost`
		sdktrace.WithBatcher(exp),
		sdktrace.WithResource(resource.NewSchemaless(semconv.ServiceName(service))),
	))
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return nil
}

// Silent: the finding is where the provider is made, in this package.
func main() {
	if err := InitTracer(context.Background(), "users"); err != nil {
		log.Fatalf("tracing: %v", err)
	}
	log.Print(http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "users")))
}
