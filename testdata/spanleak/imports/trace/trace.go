// Package trace has the name of OpenTelemetry's package, and spans of its own
// that are nothing of the kind.
package trace

import "context"

// Span is a pair of numbers.
type Span struct {
	From, To int
}

// End has the name of a span's method.
func (s *Span) End() int { return s.To }

// Tracer has the name of a tracer.
type Tracer struct{}

// Start has the name and the shape of a tracer's method.
func (Tracer) Start(ctx context.Context, name string) (context.Context, *Span) {
	return ctx, &Span{To: len(name)}
}
