// Package events uses roots for what writes to the span that is in the context,
// or hands it to another service: nothing is started, and the trace lacks it.
package events

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// ReportEvent adds an event to the span in the context.
func ReportEvent(ctx context.Context, name string, attrs ...attribute.KeyValue) {
	trace.SpanFromContext(ctx).AddEvent(name, trace.WithAttributes(attrs...))
}

// Measure starts a span around fn.
func Measure(ctx context.Context, name string, fn func(context.Context) error) error {
	ctx, span := otel.Tracer("events").Start(ctx, name)
	defer span.End()
	return fn(ctx)
}

// Event reports to no span.
func Event(c *gin.Context) {
	ReportEvent(context.Background(), "event", attribute.String("route", c.FullPath())) // want `the request's context is at hand: c.Request.Context\(\)`
	c.Status(http.StatusNoContent)
}

// Injected hands no trace to the next service.
func Injected(w http.ResponseWriter, r *http.Request) {
	out, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://next", nil)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	otel.GetTextMapPropagator().Inject(context.Background(), propagation.HeaderCarrier(out.Header)) // want `the request's context is at hand: r.Context\(\)`
	if resp, err := http.DefaultClient.Do(out); err == nil {
		_ = resp.Body.Close()
	}
}

// Measured starts its span over a root; the literal has a context of its own.
func Measured(ctx context.Context, hc *http.Client) error {
	return Measure(context.Background(), "measured", func(mctx context.Context) error { // want `the caller's context is at hand: ctx$`
		req, err := http.NewRequestWithContext(mctx, http.MethodGet, "http://next", nil)
		if err != nil {
			return err
		}
		resp, err := hc.Do(req)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	})
}
