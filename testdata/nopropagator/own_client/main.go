// Package main injects by itself, with the global propagator.
package main

import (
	"context"
	"log"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Inject writes no header: the global propagator has no fields.
func call(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, nil)
	if err != nil {
		return err
	}
	otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(req.Header))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// The only instrumentation is call.
func main() {
	provider := sdktrace.NewTracerProvider()
	otel.SetTracerProvider(provider) // want `no propagator in the whole program`
	ctx, span := provider.Tracer("cron").Start(context.Background(), "cron")
	if err := call(ctx, "http://billing/run"); err != nil {
		log.Print(err)
	}
	span.End()
	_ = provider.Shutdown(context.Background())
}
