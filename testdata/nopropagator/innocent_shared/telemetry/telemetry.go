// Package telemetry is a set-up that is whole.
package telemetry

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// An Option changes the set-up.
type Option func(*settings)

type settings struct {
	propagators []propagation.TextMapPropagator
}

// WithBaggage adds baggage.
func WithBaggage() Option {
	return func(s *settings) { s.propagators = append(s.propagators, propagation.Baggage{}) }
}

// Setup sets both, in functions of its own.
func Setup(ctx context.Context, opts ...Option) (shutdown func(context.Context) error, err error) {
	s := &settings{propagators: []propagation.TextMapPropagator{propagation.TraceContext{}}}
	for _, opt := range opts {
		opt(s)
	}
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	install(tp, s)
	return func(ctx context.Context) error { return errors.Join(tp.ForceFlush(ctx), tp.Shutdown(ctx)) }, nil
}

func install(tp *sdktrace.TracerProvider, s *settings) {
	otel.SetTracerProvider(tp)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(s.propagators...))
}
