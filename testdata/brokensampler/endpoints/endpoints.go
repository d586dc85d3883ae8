// Package endpoints has constants that cannot work.
package endpoints

import (
	"context"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	. "go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
)

// WithEndpoint takes host:port; the URL is the most common mistake.
func scheme(ctx context.Context) (*otlptrace.Exporter, error) {
	return New(ctx, WithEndpoint("http://collector:4318"), WithInsecure()) // want `WithEndpoint takes host:port, so every export fails`
}

const (
	collector = "otel-collector.monitoring"
	secure    = "https://" + collector + ":4318"
)

// Through constants.
func constants(ctx context.Context) (*otlptrace.Exporter, error) {
	opts := []Option{
		WithEndpoint(secure), // want `WithEndpoint takes host:port, so every export fails`
	}
	return New(ctx, opts...)
}

// With a path as well.
func path(ctx context.Context) (*otlptrace.Exporter, error) {
	client := NewClient(
		WithEndpoint("https://ingest.example.com/v1/traces"), // want `WithEndpoint takes host:port`
	)
	return otlptrace.New(ctx, client)
}

// Over gRPC, http is no scheme of a target.
func grpc(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracegrpc.New(ctx, otlptracegrpc.WithInsecure(), otlptracegrpc.WithEndpoint("http://localhost:4317")) // want `WithEndpoint takes host:port`
}

// The URL has no path: the collector answers 404.
func noPath(ctx context.Context) (*otlptrace.Exporter, error) {
	return New(ctx, WithEndpointURL("http://collector:4318")) // want `the URL has no path, so spans are posted to / and not to /v1/traces`
}

// Through a constant.
func noPathConstant(ctx context.Context) (*otlptrace.Exporter, error) {
	return New(ctx, WithInsecure(), WithEndpointURL(secure)) // want `the URL has no path, so spans are posted to / and not to /v1/traces`
}
