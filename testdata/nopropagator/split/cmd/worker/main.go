// Package main is a worker that calls other services.
package main

import (
	"context"
	"log"
	"net/http"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"

	tel "github.com/tracevet/tracevet/testdata/nopropagator/split/telemetry"
)

type worker struct {
	client *http.Client
}

// start sets tracing up under another name of the package: the client injects
// with a propagator that has no fields.
func (w *worker) start(ctx context.Context) error {
	_, err := tel.Init(ctx) // want `Init sets a tracer provider, but nothing in the program sets a propagator`
	if err != nil {
		return err
	}
	w.client = &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
	return nil
}

// One call a minute.
func (w *worker) loop(ctx context.Context) error {
	for {
		ctx, span := otel.Tracer("worker").Start(ctx, "tick")
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://api:8080/items", nil)
		if err != nil {
			span.End()
			return err
		}
		if res, err := w.client.Do(req); err == nil {
			res.Body.Close()
		}
		span.End()
		time.Sleep(time.Minute)
	}
}

// Silent: the finding is in start.
func main() {
	w := new(worker)
	if err := w.start(context.Background()); err != nil {
		log.Fatal(err)
	}
	log.Print(w.loop(context.Background()))
}
