// Package telemetry hands its shutdown out in the ways that programs do.
package telemetry

import (
	"context"
	"errors"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func newProvider(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp)), nil
}

// SetupOTelSDK is the example of OpenTelemetry's documentation: a list of
// functions, joined.
func SetupOTelSDK(ctx context.Context) (func(context.Context) error, error) {
	var shutdownFuncs []func(context.Context) error
	var err error
	shutdown := func(ctx context.Context) error {
		var err error
		for _, fn := range shutdownFuncs {
			err = errors.Join(err, fn(ctx))
		}
		shutdownFuncs = nil
		return err
	}
	handleErr := func(inErr error) {
		err = errors.Join(inErr, shutdown(ctx))
	}
	tp, err := newProvider(ctx)
	if err != nil {
		handleErr(err)
		return shutdown, err
	}
	shutdownFuncs = append(shutdownFuncs, tp.Shutdown)
	otel.SetTracerProvider(tp)
	return shutdown, err
}

// A Telemetry holds the provider.
type Telemetry struct {
	tracer *sdktrace.TracerProvider
}

// New returns it in a struct.
func New(ctx context.Context) (*Telemetry, error) {
	tp, err := newProvider(ctx)
	if err != nil {
		return nil, err
	}
	otel.SetTracerProvider(tp)
	return &Telemetry{tracer: tp}, nil
}

// Close shuts the provider down.
func (t *Telemetry) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return t.tracer.Shutdown(ctx)
}

// A Stopper is what a program needs to know.
type Stopper interface {
	Shutdown(ctx context.Context) error
}

// Start returns it as an interface.
func Start(ctx context.Context) (Stopper, error) {
	tp, err := newProvider(ctx)
	if err != nil {
		return nil, err
	}
	otel.SetTracerProvider(tp)
	return tp, nil
}

var global *sdktrace.TracerProvider

// Install keeps the provider in a variable.
func Install(ctx context.Context) (err error) {
	global, err = newProvider(ctx)
	if err == nil {
		otel.SetTracerProvider(global)
	}
	return err
}

// Stop shuts down what Install made.
func Stop(ctx context.Context) error { return global.Shutdown(ctx) }
