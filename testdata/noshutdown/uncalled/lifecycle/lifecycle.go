// Package lifecycle ends what a program has started. Nothing is reported here.
package lifecycle

import (
	"context"

	"github.com/tracevet/tracevet/testdata/noshutdown/uncalled/telemetry"
)

// End is for the programs to call. Silent: a library.
func End(ctx context.Context) error { return end(ctx) }

// end is for End alone. Silent: a library.
func end(ctx context.Context) error { return telemetry.Stop(ctx) }

// Name has nothing to do with it. Silent: a library.
func Name() string { return "lifecycle" }
