// Package observe is the set-up that app uses.
package observe

import (
	"context"

	. "go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// Setup sets the provider through a dot import. Silent: not package main.
func Setup(ctx context.Context, name string) error {
	exp, err := otlptracehttp.New(ctx)
	if err != nil {
		return err
	}
	SetTracerProvider(sdk.NewTracerProvider(sdk.WithBatcher(exp),
		sdk.WithResource(resource.NewSchemaless(semconv.ServiceName(name)))))
	return nil
}
