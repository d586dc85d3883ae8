// Package telemetry has everything that its programs need, and no say in whether
// they call it. Nothing is reported here.
package telemetry

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

var provider *sdktrace.TracerProvider

// Start keeps the provider for Stop. Silent: a library.
func Start(ctx context.Context) error {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return err
	}
	provider = sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(provider)
	return nil
}

// Flush exports what there is. Silent: a library.
func Flush(ctx context.Context) error {
	if provider == nil {
		return errors.New("not started")
	}
	return provider.ForceFlush(ctx)
}

// Stop flushes, and shuts down. Silent: a library.
func Stop(ctx context.Context) error {
	if err := Flush(ctx); err != nil {
		return err
	}
	return provider.Shutdown(ctx)
}
