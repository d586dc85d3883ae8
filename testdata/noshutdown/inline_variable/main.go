// Package main is a command that ends as soon as its work is done.
package main

import (
	"context"
	"fmt"
	"os"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	trace "go.opentelemetry.io/otel/sdk/trace"
)

// Only calls run.
func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The command ends before the batch is sent.
func run(ctx context.Context) error {
	exp, err := otlptracehttp.New(ctx)
	if err != nil {
		return err
	}
	tp := trace.NewTracerProvider(trace.WithBatcher(exp)) // want `tp is never shut down, so the spans of its last batch are lost`
	otel.SetTracerProvider(tp)

	_, span := otel.Tracer("import").Start(ctx, "import")
	defer span.End()
	return nil
}
