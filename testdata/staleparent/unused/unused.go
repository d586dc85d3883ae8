// Package unused drops the results of functions that do nothing else.
package unused

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	oteltrace "go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("unused")

// Request forgets that WithContext returns a copy.
func Request(ctx context.Context, client *http.Client, r *http.Request) (*http.Response, error) {
	r.WithContext(ctx) // want `the result of r\.WithContext is dropped`
	return client.Do(r)
}

// Blank says that it knows, and is wrong all the same.
func Blank(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_ = req.WithContext(ctx) // want `the result of req\.WithContext is dropped`
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Gin drops the request of a middleware.
func Gin(c *gin.Context) {
	ctx := context.WithValue(c.Request.Context(), tenantKey{}, c.GetHeader("X-Tenant"))
	c.Request.WithContext(ctx) // want `the result of c\.Request\.WithContext is dropped`
	c.Next()
}

type tenantKey struct{}

// Echo does so before the next handler.
func Echo(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := context.WithValue(c.Request().Context(), tenantKey{}, c.Param("tenant"))
		c.Request().WithContext(ctx) // want `the result of c\.Request\(\)\.WithContext is dropped`
		return next(c)
	}
}

// Extract drops what the message brought.
func Extract(ctx context.Context, headers map[string]string) {
	otel.GetTextMapPropagator().Extract(ctx, propagation.MapCarrier(headers)) // want `the result of otel\.GetTextMapPropagator\(\)\.Extract is dropped`
	_, span := tracer.Start(ctx, "consume")
	defer span.End()
}

// Consumer has a propagator of its own.
type Consumer struct {
	prop propagation.TextMapPropagator
}

// Handle extracts into nothing.
func (c *Consumer) Handle(ctx context.Context, h http.Header) error {
	_ = c.prop.Extract(ctx, propagation.HeaderCarrier(h)) // want `the result of c\.prop\.Extract is dropped`
	_, span := tracer.Start(ctx, "Handle")
	defer span.End()
	return ctx.Err()
}

// TraceContext has the propagator's own type.
func TraceContext(ctx context.Context, h http.Header) context.Context {
	tc := propagation.TraceContext{}
	tc.Extract(ctx, propagation.HeaderCarrier(h)) // want `the result of tc\.Extract is dropped`
	return ctx
}

// WithSpan thinks that the context is changed in place.
func WithSpan(ctx context.Context, span oteltrace.Span) context.Context {
	oteltrace.ContextWithSpan(ctx, span) // want `the result of oteltrace\.ContextWithSpan is dropped`
	return ctx
}

// WithRemote has the same thought about a remote parent.
func WithRemote(ctx context.Context, sc oteltrace.SpanContext) {
	if sc.IsValid() {
		oteltrace.ContextWithRemoteSpanContext(ctx, sc) // want `the result of oteltrace\.ContextWithRemoteSpanContext is dropped`
	}
	_, span := tracer.Start(ctx, "remote")
	span.End()
}

// WithSpanContext does so in a goroutine's set-up.
func WithSpanContext(ctx context.Context, sc oteltrace.SpanContext) {
	bg := context.WithoutCancel(ctx)
	_ = oteltrace.ContextWithSpanContext(bg, sc) // want `the result of oteltrace\.ContextWithSpanContext is dropped`
	go func() {
		_, span := tracer.Start(bg, "late")
		defer span.End()
	}()
}

// Baggage loses a member.
func Baggage(ctx context.Context, user string) error {
	m, err := baggage.NewMember("user", user)
	if err != nil {
		return err
	}
	b, err := baggage.FromContext(ctx).SetMember(m)
	if err != nil {
		return err
	}
	baggage.ContextWithBaggage(ctx, b) // want `the result of baggage\.ContextWithBaggage is dropped`
	return send(ctx)
}

// WithoutBaggage still has it.
func WithoutBaggage(ctx context.Context) error {
	baggage.ContextWithoutBaggage(ctx) // want `the result of baggage\.ContextWithoutBaggage is dropped`
	return send(ctx)
}

func send(ctx context.Context) error {
	_, span := tracer.Start(ctx, "send")
	defer span.End()
	return ctx.Err()
}

// Handler does so in the branch that matters, with a literal for a handler.
func Handler(mux *http.ServeMux) {
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		if t := r.Header.Get("X-Tenant"); t != "" {
			r.WithContext(context.WithValue(r.Context(), tenantKey{}, t)) // want `the result of r\.WithContext is dropped`
		}
		if err := send(r.Context()); err != nil {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
}
