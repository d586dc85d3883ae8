// Package samplers chooses samplers that do not look at the caller's decision.
package samplers

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// The textbook form.
func inline(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exp),
		sdktrace.WithSampler(sdktrace.TraceIDRatioBased(0.1)), // want `the sampler ignores the caller's decision, so traces get holes`
	), nil
}

// Through a variable, with a ratio from the configuration.
func variable(ctx context.Context, rate float64) (func(context.Context) error, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	sampler := sdktrace.TraceIDRatioBased(rate) // want `the sampler ignores the caller's decision, so traces get holes`
	tp := sdktrace.NewTracerProvider(sdktrace.WithSampler(sampler), sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	return tp.Shutdown, nil
}

type config struct {
	Enabled bool
	Ratio   float64
}

// The helper of the next function: it is used nowhere else.
func newSampler(c config) sdktrace.Sampler {
	if !c.Enabled {
		return sdktrace.NeverSample()
	}
	return sdktrace.TraceIDRatioBased(c.Ratio) // want `the sampler ignores the caller's decision, so traces get holes`
}

// Silent here: the finding is in newSampler.
func helper(ctx context.Context, c config) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(newSampler(c))), nil
}

// By a condition: the branch that samples does not ask the caller.
func condition(ctx context.Context, c config) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	sampler := sdktrace.NeverSample()
	if c.Enabled {
		sampler = sdktrace.TraceIDRatioBased(c.Ratio) // want `the sampler ignores the caller's decision, so traces get holes`
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(sampler)), nil
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// In a slice of options, with an exporter through a generic helper.
func options(ctx context.Context, ratio float64) *sdktrace.TracerProvider {
	opts := []sdktrace.TracerProviderOption{
		sdktrace.WithBatcher(must(otlptracegrpc.New(ctx))),
		sdktrace.WithSampler(sdktrace.TraceIDRatioBased(ratio)), // want `the sampler ignores the caller's decision`
	}
	return sdktrace.NewTracerProvider(opts...)
}

// The option is made in a helper, and appended.
func appended(ctx context.Context, opts ...sdktrace.TracerProviderOption) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	opts = append(opts, sdktrace.WithBatcher(exp), sampled(0.25))
	return sdktrace.NewTracerProvider(opts...), nil
}

// The option of the function above.
func sampled(fraction float64) sdktrace.TracerProviderOption {
	return sdktrace.WithSampler(sdktrace.TraceIDRatioBased(fraction)) // want `the sampler ignores the caller's decision`
}
