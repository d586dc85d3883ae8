// Package innocent has old keys where they are right.
package innocent

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.25.0"
	newer "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("innocent")

// Beside is silent: both are written, in a migration.
func Beside(ctx context.Context, method string) {
	_, span := tracer.Start(ctx, "Beside")
	defer span.End()
	span.SetAttributes(
		attribute.String("http.method", method),
		attribute.String("http.request.method", method),
	)
}

// BesideSymbol is silent.
func BesideSymbol(ctx context.Context, method string) {
	_, span := tracer.Start(ctx, "BesideSymbol")
	defer span.End()
	span.SetAttributes(semconv.HTTPMethod(method))
	span.SetAttributes(newer.HTTPRequestMethodKey.String(method))
}

// BesideSplit is silent.
func BesideSplit(ctx context.Context, target, path string) {
	_, span := tracer.Start(ctx, "BesideSplit")
	defer span.End()
	span.SetAttributes(attribute.String("http.target", target), attribute.String("url.path", path))
}

// Read is silent: the key is read.
func Read(kvs []attribute.KeyValue) string {
	set := attribute.NewSet(kvs...)
	v, _ := set.Value("http.method")
	for _, kv := range kvs {
		if kv.Key == semconv.HTTPStatusCodeKey {
			return kv.Value.Emit()
		}
	}
	return v.AsString()
}

// Filtered is silent: the key is read.
func Filtered(set attribute.Set) attribute.Set {
	kept, _ := set.Filter(attribute.NewAllowKeysFilter("http.method"))
	_ = kept
	return set
}

// New is silent.
func New(ctx context.Context) {
	_, span := tracer.Start(ctx, "New", trace.WithAttributes(
		newer.HTTPRequestMethodKey.String("GET"),
		newer.HTTPResponseStatusCode(200),
		newer.CodeLineNumber(3),
		attribute.Int("server.port", 80),
		attribute.Int64("client.port", 80),
		attribute.StringSlice("process.command_args", nil),
	))
	defer span.End()
}

// Own is silent: keys of the user's own.
func Own(ctx context.Context, key string) {
	_, span := tracer.Start(ctx, "Own")
	defer span.End()
	span.SetAttributes(attribute.String("shop.method", "x"), attribute.String(key, "y"))
}

// NoAttribute is silent: a string like any other.
func NoAttribute() string { return "http.method" }

// Header is silent: another function of that name.
func Header(h interface{ String(k, v string) }) { h.String("http.method", "GET") }

// Map is silent: no attribute is made.
func Map() map[string]string { return map[string]string{"http.method": "GET", "db.statement": "x"} }

// MapOfKeys is silent: the keys are looked up.
func MapOfKeys() map[attribute.Key]bool {
	return map[attribute.Key]bool{semconv.HTTPMethodKey: true, "db.statement": true}
}

// Event is silent: the name of an event.
func Event(ctx context.Context) { trace.SpanFromContext(ctx).AddEvent("http.method") }

// Custom is silent: a key that only looks like one of the conventions.
func Custom(ctx context.Context) {
	trace.SpanFromContext(ctx).SetAttributes(attribute.String("http.method.name", "GET"), attribute.Int("http.status", 200))
}

// Formatted is silent: the key is no constant.
func Formatted(ctx context.Context, part string) {
	trace.SpanFromContext(ctx).SetAttributes(attribute.String("http."+part, "GET"))
}
