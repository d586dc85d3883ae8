package fixes

import "context"

// Comments stand everywhere.
func comments(ctx context.Context) error {
	// before the start
	_ /* no context */, span /* the span */ := tracer.Start( /* old */ ctx /* one */, "comments") /* beside */ // want `the context of span is dropped and ctx is used on line 13,`
	// after the start
	defer span.End() // deferred

	// before the work
	err := work(ctx) // beside the work
	// before the return
	return err // beside the return
	// at the end
}

// Several lines for the call.
func multiLine(ctx context.Context) error {
	_, span := tracer.Start( // want `the context of span is dropped and ctx is used on line 26,`
		ctx, // the caller's
		"multiLine",
	)
	defer span.End()
	return work(ctx)
}

func oneLine(ctx context.Context) { _, s := tracer.Start(ctx, "oneLine"); _ = work(ctx); s.End() } // want `the context of s is dropped`
