// Package innocent_carried starts new contexts that get their span from
// elsewhere, or are meant to be new traces.
package innocent_carried

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("carried")

// Message is what a queue delivers.
type Message struct {
	Headers map[string]string
	Body    []byte
}

// Consumer has a handler for messages.
type Consumer struct{ db *sql.DB }

func (c *Consumer) store(ctx context.Context, m Message) error {
	ctx, span := tracer.Start(ctx, "store")
	defer span.End()
	_, err := c.db.ExecContext(ctx, "INSERT INTO messages VALUES ($1)", m.Body)
	return err
}

// Extracted has the root as the base for the sender's trace.
func (c *Consumer) Extracted(_ context.Context, m Message) error {
	ctx := otel.GetTextMapPropagator().Extract(context.Background(), propagation.MapCarrier(m.Headers))
	return c.store(ctx, m)
}

// ExtractedLater keeps the root for a line.
func (c *Consumer) ExtractedLater(ctx context.Context, m Message) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	base := context.Background()
	msgCtx := otel.GetTextMapPropagator().Extract(base, propagation.MapCarrier(m.Headers))
	return c.store(msgCtx, m)
}

// Carried takes the span over, without the deadline and the values.
func (c *Consumer) Carried(ctx context.Context, m Message) error {
	detached := trace.ContextWithSpan(context.Background(), trace.SpanFromContext(ctx))
	return c.store(detached, m)
}

// CarriedContext takes the span's context over.
func (c *Consumer) CarriedContext(g *gin.Context) {
	ctx := trace.ContextWithSpanContext(context.Background(), trace.SpanContextFromContext(g.Request.Context()))
	if err := c.store(ctx, Message{}); err != nil {
		g.Status(http.StatusInternalServerError)
	}
}

// CarriedNextLine has the root in a variable first.
func (c *Consumer) CarriedNextLine(w http.ResponseWriter, r *http.Request) {
	span := trace.SpanFromContext(r.Context())
	ctx := context.Background()
	ctx = trace.ContextWithSpan(ctx, span)
	if err := c.store(ctx, Message{}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// CarriedThrough adds the baggage between.
func (c *Consumer) CarriedThrough(ctx context.Context, m Message) error {
	fresh := baggage.ContextWithBaggage(context.Background(), baggage.FromContext(ctx))
	fresh = trace.ContextWithRemoteSpanContext(fresh, trace.SpanContextFromContext(ctx))
	return c.store(fresh, m)
}

// detach is the helper of a team for that.
func detach(ctx context.Context) context.Context {
	out := context.Background()
	if sc := trace.SpanContextFromContext(ctx); sc.IsValid() {
		out = trace.ContextWithRemoteSpanContext(out, sc)
	}
	return out
}

// Helper uses it.
func (c *Consumer) Helper(ctx context.Context, m Message) error { return c.store(detach(ctx), m) }

// Linked starts a trace of its own that points to the request.
func (c *Consumer) Linked(ctx context.Context, m Message) error {
	link := trace.LinkFromContext(ctx)
	own, span := tracer.Start(context.Background(), "batch", trace.WithLinks(link))
	defer span.End()
	return c.store(own, m)
}

// NewRoot asks for one in so many words.
func (c *Consumer) NewRoot(ctx context.Context, m Message) error {
	own, span := tracer.Start(context.Background(), "batch", trace.WithNewRoot(), trace.WithAttributes())
	defer span.End()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return c.store(own, m)
}

// LinkedLater builds its options first.
func (c *Consumer) LinkedLater(w http.ResponseWriter, r *http.Request) {
	opts := []trace.SpanStartOption{trace.WithLinks(trace.LinkFromContext(r.Context()))}
	own, span := tracer.Start(context.Background(), "export", opts...)
	defer span.End()
	if err := c.store(own, Message{}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Compared compares contexts: no work is done.
func Compared(ctx context.Context) bool { return ctx == context.Background() || ctx == context.TODO() }
