// Package main is right: `defer cleanup()`.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Silent: the closure shuts down.
func setup() func() {
	ctx := context.Background()
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	return func() {
		if err := tp.Shutdown(context.Background()); err != nil {
			log.Print(err)
		}
	}
}

// Silent: the defers of run have run.
func main() {
	os.Exit(run(os.Args[1:]))
}

// Silent: the call is deferred.
func run(args []string) int {
	cleanup := setup()
	defer cleanup()
	_, span := otel.Tracer("cli").Start(context.Background(), "run")
	defer span.End()
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "nothing to do")
		return 2
	}
	return 0
}
