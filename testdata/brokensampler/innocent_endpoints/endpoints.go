// Package innocent_endpoints has endpoints that work, or that are not known.
package innocent_endpoints

import (
	"context"
	"os"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
)

const host = "collector"

// Silent: host and port.
func hostPort(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracehttp.New(ctx, otlptracehttp.WithEndpoint(host+":4318"), otlptracehttp.WithInsecure())
}

// Silent: a URL with its path.
func url(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL("http://"+host+":4318/v1/traces"))
}

// Silent: a path of a vendor's own.
func vendor(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL("https://ingest.example.com/otlp/v1/traces"))
}

// Silent: the path comes with an option of its own, after the URL.
func pathOption(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracehttp.New(ctx,
		otlptracehttp.WithEndpointURL("http://collector:4318"),
		otlptracehttp.WithURLPath("/v1/traces"))
}

// Silent: the configuration says it.
func configured(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracehttp.New(ctx, otlptracehttp.WithEndpoint(os.Getenv("COLLECTOR")))
}

// Silent: gRPC has no path.
func grpcURL(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracegrpc.New(ctx, otlptracegrpc.WithEndpointURL("http://collector:4317"))
}

// Silent: dns is a scheme of gRPC's targets: it balances over all addresses.
func grpcTarget(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracegrpc.New(ctx, otlptracegrpc.WithEndpoint("dns:///collector:4317"), otlptracegrpc.WithInsecure())
}

// Silent: so is unix.
func grpcSocket(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracegrpc.New(ctx, otlptracegrpc.WithEndpoint("unix:///run/otel.sock"), otlptracegrpc.WithInsecure())
}

type client struct{}

// WithEndpoint is also a name of other people's functions.
func (client) WithEndpoint(url string) client { return client{} }

// Silent: not the exporter's option.
func otherLibrary() client { return client{}.WithEndpoint("http://collector:4318") }
