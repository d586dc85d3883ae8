package resources

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// The second argument wins: the service is called unknown_service.
func swapped(exp trace.SpanExporter) (*trace.TracerProvider, error) {
	res, err := resource.Merge(resource.NewSchemaless(semconv.ServiceName("checkout")), resource.Default()) // want `resource.Default\(\) overwrites the service.name of the other resource`
	if err != nil {
		return nil, err
	}
	return trace.NewTracerProvider(trace.WithBatcher(exp), trace.WithResource(res)), nil
}

// The same through variables, with the key as a string.
func swappedVariables(name string) (*resource.Resource, error) {
	base := resource.Default()
	mine := resource.NewWithAttributes("", attribute.String("service.name", name), attribute.String("team", "a"))
	return resource.Merge(mine, base) // want `overwrites the service.name of the other resource`
}

// The same with what New made.
func swappedNew(ctx context.Context, name string) (*resource.Resource, error) {
	mine, err := resource.New(ctx, resource.WithAttributes(semconv.ServiceNameKey.String(name)))
	if err != nil {
		return nil, err
	}
	return resource.Merge( // want `overwrites the service.name of the other resource`
		mine,
		resource.Default(),
	)
}
