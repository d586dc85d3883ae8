package excluded

import (
	"context"
	"testing"
)

// A test may use what context it wants.
func TestPlain(t *testing.T) {
	ctx := context.Background()
	_, span := tracer.Start(ctx, "test")
	defer span.End()
	if err := Plain(ctx); err != nil {
		t.Fatal(err)
	}
}
