package innocent

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

var batches = otel.Tracer("batches")

// Batch has a span for each message, and works on all of them behind the loop: the spans
// are meant to stay open until the function returns.
func Batch(ctx context.Context, ids []string) error {
	for _, id := range ids {
		var span trace.Span
		ctx, span = batches.Start(ctx, id)
		defer span.End()
	}
	_, err := work.Load(ctx, "all")
	return err
}
