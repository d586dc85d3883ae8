// Package excluded has leaks in a generated file and in a test file, where nothing
// is reported, and one in a plain file beside them.
package excluded

import (
	"context"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("excluded")

// Plain calls the generated wrapper.
func Plain(ctx context.Context) error {
	end := GeneratedWrapper(ctx) // want `end is not ended on the path that returns on line 17,`
	if err := ctx.Err(); err != nil {
		return err
	}
	end()
	return nil
}
