package fixes

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

func oneLine(ctx context.Context) { _, s := tracer.Start(ctx, "one-line"); s.AddEvent("e") } // want `s is never ended, so it is never exported`

func oneLineDiscarded(ctx context.Context) { tracer.Start(ctx, "one-line") } // want `the span that tracer.Start returns is discarded`

func oneLineLiteral(ctx context.Context) {
	run(func() { _, s := tracer.Start(ctx, "literal"); s.AddEvent("e") }) // want `s is never ended, so it is never exported`
}

func comments(ctx context.Context) error {
	// before the start
	ctx, span := tracer.Start(ctx, "comments") /* beside it */ // want `span is not ended on the path that returns on line 26,`
	// after the start

	// before the guard
	if err := work(ctx); err != nil { // beside the guard
		// before the return
		return err /* beside the return */
		// after the return
	}
	// before the end
	span.End() // beside the end
	// after the end
	return nil
	// last
}

func commentsInside(ctx context.Context) error {
	ctx /* the context */, span /* the span */ := tracer.Start( // want `span is never ended, so it is never exported`
		// the context
		ctx,
		"comments-inside", // the name
		/* no options */
	) // after the parenthesis
	span.AddEvent("begin")
	return work(ctx)
}

func multiLine(ctx context.Context) error {
	ctx, span := tracer.Start( // want `span is not ended on the path that returns on line 58,`
		ctx,
		"multi-line",
		trace.WithAttributes(
			attribute.String("a", "b"),
			attribute.Int("n", 1),
		),
		trace.WithSpanKind(trace.SpanKindClient),
	)
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

func multiLineDiscarded(ctx context.Context) error {
	ctx, _ = tracer.Start( // want `the span that tracer.Start returns is discarded`
		ctx,
		"multi-line-discarded",
	)
	return work(ctx)
}

func brokenChain(ctx context.Context, tp trace.TracerProvider) error {
	ctx, span := tp. // want `span is never ended, so it is never exported`
				Tracer("chain").
				Start(ctx, "broken-chain")
	span.AddEvent("begin")
	return work(ctx)
}

func multiLineLiteral(ctx context.Context) error {
	_, span := tracer.Start(func() context.Context { // want `span is never ended, so it is never exported`
		return ctx
	}(), "multi-line-literal")
	span.AddEvent("begin")
	return work(ctx)
}

func lastStatement(ctx context.Context) {
	_ = work(ctx)
	_, _ = tracer.Start(ctx, "last-statement") // want `the span that tracer.Start returns is discarded`
}

func rawString(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, `raw // want is not here`) // want `span is never ended, so it is never exported`
	span.AddEvent(`two
lines`)
	return work(ctx)
}

func emptyLineAfter(ctx context.Context) (err error) {
	ctx, span := tracer.Start(ctx, "empty-line-after") // want `span is not ended on the path that returns on line 104,`

	if err = work(ctx); err != nil {
		return
	}

	span.End()

	return
}
