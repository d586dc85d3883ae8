// Package excluded has faults in a generated file and in a test file, where
// nothing is reported, and one in a plain file beside them.
package excluded

import (
	"context"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("excluded")

// Plain calls what is generated.
func Plain(ctx context.Context) error {
	_, span := tracer.Start(ctx, "plain") // want `the context of span is dropped and ctx is used on line 17,`
	defer span.End()
	return Generated(ctx)
}
