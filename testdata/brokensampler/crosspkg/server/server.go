// Package server is right: ParentBased is applied in another package.
package server

import (
	"context"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/brokensampler/crosspkg/sampling"
)

// Silent: FollowParent of the other package makes it follow the parent.
func provider(ctx context.Context, ratio float64) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp),
		sdktrace.WithSampler(sampling.FollowParent(sampling.Ratio(ratio)))), nil
}

// Silent: the same, with the sampler made here.
func provider2(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	s := sampling.FollowParent(sdktrace.AlwaysSample())
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithSampler(s)), nil
}
