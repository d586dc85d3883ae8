// Package meters wraps the metrics API.
package meters

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

var calls, _ = otel.Meter("meters").Int64Counter("calls")

// Count is silent: its callers give the attributes.
func Count(ctx context.Context, attrs ...attribute.KeyValue) {
	calls.Add(ctx, 1, metric.WithAttributes(attrs...))
}

// CountOf is silent.
func CountOf(ctx context.Context, op string, ok bool) {
	Count(ctx, attribute.String("op", op), attribute.Bool("ok", ok))
}

// Path is silent: it makes an attribute.
func Path(path string) attribute.KeyValue { return attribute.String("path", path) }
