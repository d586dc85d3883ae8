// Package main passes its traces on with a propagator that it makes each time.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// carrier returns the trace in ctx, for a message.
func carrier(ctx context.Context) map[string]string {
	propagator := propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{})
	c := propagation.MapCarrier{}
	propagator.Inject(ctx, c)
	return c
}

// Silent: traces do go beyond this process, in its messages.
func main() {
	tp := sdktrace.NewTracerProvider()
	defer tp.Shutdown(context.Background())
	otel.SetTracerProvider(tp)
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = carrier(r.Context())
	}), "web"))
}
