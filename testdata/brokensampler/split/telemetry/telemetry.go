// Package telemetry is given its sampler.
package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Init uses the sampler as it is. Silent: which one it is, the caller says.
func Init(ctx context.Context, sampler sdktrace.Sampler) (func(context.Context) error, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(sampler))
	otel.SetTracerProvider(tp)
	return tp.Shutdown, nil
}

// InitRoot uses it for traces that start here.
func InitRoot(ctx context.Context, root sdktrace.Sampler) (func(context.Context) error, error) {
	return Init(ctx, sdktrace.ParentBased(root))
}
