// Package innocent_resources has resources with a service, or resources of
// which that is not known.
package innocent_resources

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	old "go.opentelemetry.io/otel/semconv/v1.25.0"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// Silent: the right order: the second argument wins.
func merged(exp sdktrace.SpanExporter) (*sdktrace.TracerProvider, error) {
	res, err := resource.Merge(resource.Default(), resource.NewSchemaless(semconv.ServiceName("orders")))
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(res)), nil
}

// Silent: Default has a name, if only unknown_service, and takes OTEL_SERVICE_NAME.
func mergedOther(exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	res, _ := resource.Merge(resource.Default(), resource.NewSchemaless(attribute.String("team", "a")))
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(res))
}

// Silent: Default comes second, and the first has no name for it to overwrite.
func mergedNothingLost(exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	res, _ := resource.Merge(resource.NewSchemaless(attribute.String("team", "a")), resource.Default())
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(res))
}

// Silent: the environment says the name.
func fromEnvironment(ctx context.Context, exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	res, _ := resource.New(ctx, resource.WithFromEnv(), resource.WithHost(), resource.WithProcess())
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(res))
}

// Silent: WithService detects the name.
func fromService(ctx context.Context, exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	res, _ := resource.New(ctx, resource.WithService(), resource.WithAttributes(attribute.Bool("canary", true)))
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(res))
}

// Silent: a detector of the project's own may know it.
func fromDetector(ctx context.Context, exp sdktrace.SpanExporter, d resource.Detector) *sdktrace.TracerProvider {
	res, _ := resource.New(ctx, resource.WithDetectors(d))
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(res))
}

// Silent: the key of another version of the conventions is the same key.
func oldKey(exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(
		resource.NewWithAttributes(old.SchemaURL, old.ServiceNameKey.String("orders"), old.ServiceVersion("1.2"))))
}

const nameKey attribute.Key = "service.name"

// Silent: the key is a constant of the package's own.
func ownKey(exp sdktrace.SpanExporter, name string) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(resource.NewSchemaless(nameKey.String(name))))
}

func identity(name, version string) *resource.Resource {
	return resource.NewSchemaless(semconv.ServiceName(name), semconv.ServiceVersion(version))
}

// Silent: the helper sets the name.
func helper(exp sdktrace.SpanExporter) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(identity("orders", "1.0")))
}

// Silent: what is in the slice is the caller's affair.
func spread(exp sdktrace.SpanExporter, attrs ...attribute.KeyValue) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(resource.NewSchemaless(attrs...)))
}

// Silent: the list starts with the name, and labels of the configuration follow.
func appended(exp sdktrace.SpanExporter, labels map[string]string) *sdktrace.TracerProvider {
	attrs := []attribute.KeyValue{semconv.ServiceName("orders")}
	for k, v := range labels {
		attrs = append(attrs, attribute.String(k, v))
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(resource.NewWithAttributes(semconv.SchemaURL, attrs...)))
}

// Silent: the key is only known when the program runs.
func labels(exp sdktrace.SpanExporter, key, value string) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(resource.NewSchemaless(attribute.String(key, value))))
}

// Silent: the caller made the resource.
func given(exp sdktrace.SpanExporter, res *resource.Resource) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(res))
}
