// Package main is right: the set-up is called where its result is deferred.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

type tracing struct {
	*sdktrace.TracerProvider
}

// Silent: the provider is embedded in what is returned.
func start(ctx context.Context) tracing {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	t := tracing{sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))}
	otel.SetTracerProvider(t)
	return t
}

// Silent: the promoted Shutdown is deferred.
func main() {
	ctx := context.Background()
	defer start(ctx).Shutdown(ctx)
	log.Print(http.ListenAndServe(":8080", nil))
}
