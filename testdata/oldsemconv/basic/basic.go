// Package basic holds the plainest cases of oldsemconv: report attribute keys that the semantic conventions have renamed.
package basic

import (
	"context"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("basic")

// Faulty is reported.
func Faulty(ctx context.Context) {
	_, span := tracer.Start(ctx, "faulty") // want `TODO`
	_ = span
}

// Right does the same as it should be done.
func Right(ctx context.Context) {
	_, span := tracer.Start(ctx, "right")
	defer span.End()
}
