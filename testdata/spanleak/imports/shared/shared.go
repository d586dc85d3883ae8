// Package shared exports a tracer and its own names for OpenTelemetry's types,
// so that its users need no import of OpenTelemetry.
package shared

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

// Span is an alias.
type Span = trace.Span

// Tracer is an alias.
type Tracer = trace.Tracer

// Default is the tracer of the program.
var Default Tracer = otel.Tracer("shared")

// Get returns it.
func Get() Tracer { return Default }

// Embedding is a tracer of its own type, whose Start is promoted.
type Embedding struct {
	trace.Tracer
	Service string
}

// Interface embeds OpenTelemetry's interface.
type Interface interface {
	trace.Tracer
	Flush()
}

// Work takes a context.
func Work(ctx context.Context) error { return ctx.Err() }
