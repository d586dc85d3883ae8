// Package atonce sets tracing up, and shuts it down on the way out of the set-up.
package atonce

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// Exporter closes the exporter, as is done with files.
func Exporter(service string) error {
	if endpoint := os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT"); endpoint != "" {
		log.Printf("tracing to %s", endpoint)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		exp, err := otlptracehttp.New(ctx)
		if err != nil {
			return fmt.Errorf("exporter: %w", err)
		}
		defer func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			if err := exp.Shutdown(ctx); err != nil { // want `exp.Shutdown is deferred, and Exporter comes back as soon as tracing is set up, so no span is exported`
				log.Print(err)
			}
		}()
		tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(describe(service)))
		otel.SetTracerProvider(tp)
		otel.SetTextMapPropagator(propagation.TraceContext{})
	}
	return nil
}

// describe is part of the set-up.
func describe(service string) *resource.Resource {
	return resource.NewSchemaless(semconv.ServiceName(service))
}

// Provider does the same with the provider, before it is set.
func Provider(ctx context.Context, exp sdktrace.SpanExporter) {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer tp.Shutdown(ctx) // want `tp.Shutdown is deferred, and Provider comes back as soon as tracing is set up, so no span is recorded after that`
	otel.SetTracerProvider(tp)
}

// Returned gives its caller a provider that was shut down.
func Returned(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := connect(ctx)
	if err != nil {
		return nil, err
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	defer func() { _ = tp.Shutdown(ctx) }() // want `tp.Shutdown is deferred, and Returned comes back`
	return tp, nil
}

func connect(ctx context.Context) (*otlptrace.Exporter, error) {
	return otlptracehttp.New(ctx, otlptracehttp.WithInsecure())
}

func init() {
	exp, err := otlptracehttp.New(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	defer tp.Shutdown(context.Background()) // want `tp.Shutdown is deferred, and init comes back`
}
