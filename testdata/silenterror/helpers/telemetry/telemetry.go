// Package telemetry is the layer that a team has around the library.
package telemetry

import "go.opentelemetry.io/otel/trace"

// Record records an error, if there is one.
func Record(span trace.Span, err error) {
	if err != nil {
		span.RecordError(err)
	}
}
