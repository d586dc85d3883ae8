// Package main is right: a package that it imports only indirectly sets the
// propagator.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"github.com/tracevet/tracevet/testdata/nopropagator/innocent_indirect/transport"
)

// Silent: main imports transport, which imports wire, whose init sets it.
func main() {
	tp := sdktrace.NewTracerProvider()
	otel.SetTracerProvider(tp)
	ctx, span := tp.Tracer("cron").Start(context.Background(), "cron")
	defer span.End()
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://api/refresh", nil)
	if res, err := transport.Client().Do(req); err == nil {
		res.Body.Close()
	}
}
