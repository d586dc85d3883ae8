// Package innocent_atonce defers shutdowns in functions that go on, and shutdowns that run only if something failed.
package innocent_atonce

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Serve runs the program.
func Serve(ctx context.Context, exp sdktrace.SpanExporter, h http.Handler) error {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer tp.Shutdown(ctx)
	otel.SetTracerProvider(tp)
	return http.ListenAndServe(":8080", h)
}

// Run has the program in a function of its own.
func Run(ctx context.Context, exp sdktrace.SpanExporter) error {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer tp.Shutdown(ctx)
	otel.SetTracerProvider(tp)
	return work(ctx)
}

func work(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	<-ctx.Done()
	return nil
}

// Call is given the program.
func Call(ctx context.Context, exp sdktrace.SpanExporter, program func(context.Context) error) error {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer tp.Shutdown(ctx)
	otel.SetTracerProvider(tp)
	return program(ctx)
}

// Wait waits for the end itself.
func Wait(ctx context.Context, exp sdktrace.SpanExporter) {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer tp.Shutdown(context.Background())
	otel.SetTracerProvider(tp)
	<-ctx.Done()
}

// Failed shuts down what it has made if it cannot hand it over.
func Failed(ctx context.Context) (tp *sdktrace.TracerProvider, err error) {
	exp, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	tp = sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	defer func() {
		if err != nil {
			_ = tp.Shutdown(ctx)
		}
	}()
	otel.SetTracerProvider(tp)
	if os.Getenv("SERVICE") == "" {
		return nil, errors.New("no service")
	}
	return tp, nil
}

// Handed returns the shutdown.
func Handed(exp sdktrace.SpanExporter) func(context.Context) error {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	return func(ctx context.Context) error {
		defer exp.Shutdown(ctx)
		return tp.Shutdown(ctx)
	}
}

// Replace shuts down the provider that was there before.
func Replace(ctx context.Context, old *sdktrace.TracerProvider, exp sdktrace.SpanExporter) {
	defer old.Shutdown(ctx)
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp)))
}

// Probe shows by one span that the collector answers.
func Probe(ctx context.Context, exp sdktrace.SpanExporter) {
	tp := sdktrace.NewTracerProvider(sdktrace.WithSyncer(exp))
	defer tp.Shutdown(ctx)
	otel.SetTracerProvider(tp)
	_, span := tp.Tracer("probe").Start(ctx, "probe")
	span.End()
}

// Flush keeps the provider.
func Flush(ctx context.Context, exp sdktrace.SpanExporter) {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	defer tp.ForceFlush(ctx)
}

// Try asks one exporter whether the collector answers, and gives another one to the program.
func Try(ctx context.Context, exp sdktrace.SpanExporter) error {
	probe, err := otlptracehttp.New(ctx)
	if err != nil {
		return err
	}
	defer probe.Shutdown(context.Background())
	if err := probe.ExportSpans(ctx, nil); err != nil {
		return err
	}
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp)))
	return nil
}
