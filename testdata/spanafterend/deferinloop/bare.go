package deferinloop

import (
	"context"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

// bare has nothing in its loop but the span, which would measure nothing if it ended
// with the iteration: what is meant is not for a fix to say.
func bare(ctx context.Context, ids []string) error {
	_, err := work.Load(ctx, "all")
	for _, id := range ids {
		_, span := tracer.Start(ctx, id)
		defer span.End() // want `^deferred span\.End runs when the function returns, so the span of each iteration stays open until then$`
	}
	return err
}
