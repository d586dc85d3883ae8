// Package telemetry is the set-up of several programs. It is a library, so
// nothing is reported here.
package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// InitTracer returns only an error: nobody can shut down what it starts.
// Silent: this is not package main, the programs that call it are told.
func InitTracer(ctx context.Context) error {
	tp, err := NewProvider(ctx)
	if err != nil {
		return err
	}
	otel.SetTracerProvider(tp)
	return nil
}

// Init returns what shuts its provider down.
func Init(ctx context.Context) (shutdown func(context.Context) error, err error) {
	tp, err := NewProvider(ctx)
	if err != nil {
		return nil, err
	}
	otel.SetTracerProvider(tp)
	return tp.Shutdown, nil
}

// MustInit returns it alone.
func MustInit(ctx context.Context) func() {
	stop, err := Init(ctx)
	if err != nil {
		panic(err)
	}
	return func() { _ = stop(context.Background()) }
}

// NewProvider returns the provider itself.
func NewProvider(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp)), nil
}
