// Package main has a provider in a variable, and a place for a defer.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// A defer would be skipped by log.Fatal: whatever the fix does, the rule must
// be silent after it, or there is none.
func main() {
	ctx := context.Background()
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	// All spans.
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp)) // want `tp is never shut down`
	otel.SetTracerProvider(tp)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
