// Package trail has tracing middlewares of the project, none of which is named
// after what it does.
package trail

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Recorder records requests.
type Recorder struct {
	tracer trace.Tracer
	prop   propagation.TextMapPropagator
}

// New takes the global provider.
func New(name string) *Recorder {
	return &Recorder{tracer: otel.Tracer(name), prop: otel.GetTextMapPropagator()}
}

func (r *Recorder) begin(req *http.Request) (context.Context, trace.Span) {
	ctx := r.prop.Extract(req.Context(), propagation.HeaderCarrier(req.Header))
	return r.tracer.Start(ctx, req.Method, trace.WithSpanKind(trace.SpanKindServer))
}

// Gin starts the span by a helper and ends it in a deferred closure.
func (r *Recorder) Gin(c *gin.Context) {
	ctx, span := r.begin(c.Request)
	defer func() {
		span.SetName(c.FullPath())
		span.End()
	}()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// HTTP is for net/http.
func (r *Recorder) HTTP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx, span := r.begin(req)
		defer span.End()
		next.ServeHTTP(w, req.WithContext(ctx))
	})
}
