// Package resources says of the spans where they come from, and forgets the
// service. (The SDK adds OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES where
// they are set; its default, unknown_service, it does not add.)
package resources

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// Without a schema, with other attributes.
func schemaless(exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exp),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("team", "checkout"))), // want `the resource has no service.name, so without OTEL_SERVICE_NAME the spans belong to no service`
	)
}

// With a schema, through a variable: version and environment, and no name.
func withSchema(ctx context.Context, version, env string) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	res := resource.NewWithAttributes(semconv.SchemaURL,
		semconv.ServiceVersion(version),
		semconv.DeploymentEnvironmentNameKey.String(env),
	)
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(res)), nil // want `the resource has no service.name, so without OTEL_SERVICE_NAME the spans belong to no service`
}

// None of these detectors knows the service.
func detected(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	res, err := resource.New(ctx,
		resource.WithHost(),
		resource.WithTelemetrySDK(),
		resource.WithAttributes(attribute.String("region", "eu-1")),
	)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(
		sdktrace.WithResource(res), // want `the resource has no service.name`
		sdktrace.WithBatcher(exp),
	), nil
}

// Two halves without a name make a whole without one.
func merged(ctx context.Context, team string) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	res, err := resource.Merge(
		resource.NewSchemaless(attribute.String("team", team)),
		resource.NewSchemaless(attribute.Key("shard").Int(3)),
	)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithResource(res), sdktrace.WithBatcher(exp)), nil // want `the resource has no service.name`
}

// A helper of the package makes it.
func throughHelper(ctx context.Context, exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(newResource("a", "b"))) // want `the resource has no service.name`
}

func newResource(pod, node string) *resource.Resource {
	return resource.NewSchemaless(semconv.K8SPodName(pod), semconv.K8SNodeName(node))
}

// No attributes at all.
func empty(exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(resource.Empty())) // want `the resource has no service.name`
}
