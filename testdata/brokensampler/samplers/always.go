package samplers

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	. "go.opentelemetry.io/otel/sdk/trace"
)

// A dot import: the option that most tutorials have.
func always(ctx context.Context) (*TracerProvider, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	tp := NewTracerProvider(
		WithSampler(AlwaysSample()), // want `the sampler ignores the caller's decision, so traces that the caller did not sample come in fragments`
		WithBatcher(exporter),
	)
	otel.SetTracerProvider(tp)
	return tp, nil
}

// From another return value, kept in a package variable.
var everything = AlwaysSample() // want `the sampler ignores the caller's decision, so traces that the caller did not sample come in fragments`

// Silent here: the finding is at the variable.
func packageVariable(ctx context.Context) (*TracerProvider, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	return NewTracerProvider(WithBatcher(exporter), WithSampler(everything)), nil
}

// A method that builds the options of a struct.
type builder struct {
	opts []TracerProviderOption
}

// Silent: the option goes into a field, and who calls this has asked for it. That
// build does in any case is not looked at.
func (b *builder) sampleAll() *builder {
	b.opts = append(b.opts, WithSampler(AlwaysSample()))
	return b
}

// Silent as well.
func (b *builder) build(ctx context.Context) (*TracerProvider, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	return NewTracerProvider(append(b.sampleAll().opts, WithBatcher(exporter))...), nil
}

// Options before those that are there: the list comes back to itself.
func prepended(ctx context.Context) (*TracerProvider, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	opts := []TracerProviderOption{WithBatcher(exporter)}
	opts = append([]TracerProviderOption{WithSampler(AlwaysSample())}, opts...) // want `the sampler ignores the caller's decision`
	return NewTracerProvider(opts...), nil
}

// Silent: nobody knows what the caller's options are.
func prependedToOthers(ctx context.Context, opts ...TracerProviderOption) (*TracerProvider, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	opts = append([]TracerProviderOption{WithBatcher(exporter)}, opts...)
	return NewTracerProvider(opts...), nil
}
