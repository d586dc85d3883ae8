// Package main is right: propagation is a choice of the configuration.
package main

import (
	"flag"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

type options struct {
	propagate bool
}

func (o options) apply() {
	if !o.propagate {
		return
	}
	otel.SetTextMapPropagator(propagation.TraceContext{})
}

// Silent: some of its runs propagate.
func main() {
	var o options
	flag.BoolVar(&o.propagate, "propagate", true, "continue traces of callers")
	flag.Parse()
	otel.SetTracerProvider(sdktrace.NewTracerProvider())
	o.apply()
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "switch"))
}
