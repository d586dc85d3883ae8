package fixes

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	tr "go.opentelemetry.io/otel/trace"
)

// The receiver is a parameter.
func resultParameter(ctx context.Context, c *http.Client, r *http.Request) (*http.Response, error) {
	/* new */ r.WithContext(ctx) /* context */ // want `the result of r\.WithContext is dropped`
	return c.Do(r)
}

// The receiver is a field.
func resultField(ctx context.Context, c *http.Client, call *struct{ Req *http.Request }) (*http.Response, error) {
	_ = call.Req.WithContext(ctx) // want `the result of call\.Req\.WithContext is dropped`
	return c.Do(call.Req)
}

// There is nothing to assign to: the base is a new context.
func resultRoot(h http.Header) {
	otel.GetTextMapPropagator().Extract(context.Background(), propagation.HeaderCarrier(h)) // want `the result of otel\.GetTextMapPropagator\(\)\.Extract is dropped`
}

// The base is the request's: ctx is free, and nothing would use it.
func resultRequest(r *http.Request) {
	propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header)) // want `the result of propagation\.TraceContext\{\}\.Extract is dropped`
}

// The base is ctx, which is used after.
func resultBase(ctx context.Context, span tr.Span) error {
	tr.ContextWithSpan(ctx, span) // want `the result of tr\.ContextWithSpan is dropped`
	return work(ctx)
}

// In a block the outer ctx is meant.
func resultBlock(ctx context.Context, span tr.Span) error {
	if span.IsRecording() {
		_ = tr.ContextWithSpan(ctx, span) // want `the result of tr\.ContextWithSpan is dropped`
	}
	return work(ctx)
}

func resultOneLine(ctx context.Context, r *http.Request) *http.Request { r.WithContext(ctx); return r } // want `the result of r\.WithContext is dropped`
