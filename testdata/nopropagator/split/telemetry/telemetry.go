// Package telemetry is the set-up of several programs. It is a library: what
// it leaves out may be done elsewhere, so nothing is reported here.
package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Init sets a provider and no propagator. Silent: some of the programs that
// call it set the propagator themselves.
func Init(ctx context.Context, opts ...sdktrace.TracerProviderOption) (func(context.Context) error, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	tp := sdktrace.NewTracerProvider(append(opts, sdktrace.WithBatcher(exp))...)
	otel.SetTracerProvider(tp)
	return tp.Shutdown, nil
}

// A Tracing is the same set-up as a value with methods.
type Tracing struct {
	provider *sdktrace.TracerProvider
}

// New does not set anything yet.
func New(opts ...sdktrace.TracerProviderOption) *Tracing {
	return &Tracing{provider: sdktrace.NewTracerProvider(opts...)}
}

// Start makes the provider the global one. Silent: this is a library.
func (t *Tracing) Start() { t.install() }

func (t *Tracing) install() { otel.SetTracerProvider(t.provider) }

// Stop ends it.
func (t *Tracing) Stop(ctx context.Context) error { return t.provider.Shutdown(ctx) }
