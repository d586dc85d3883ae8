package innocent

import (
	"testing"

	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

// Silent: a test may well look at what an ended span does.
func TestSpanAfterEnd(t *testing.T) {
	ctx, span := tracer.Start(t.Context(), "save")
	for _, value := range []string{"a", "b"} {
		_, item := tracer.Start(ctx, "item")
		defer item.End()
		if err := work.Save(ctx, value); err != nil {
			t.Error(err)
		}
	}
	span.End()
	span.SetAttributes(attribute.Bool("late", true))
}
