package otherapis

import (
	"context"

	octrace "go.opencensus.io/trace"
)

// OpenCensusNever has no End.
func OpenCensusNever(ctx context.Context) error {
	ctx, span := octrace.StartSpan(ctx, "never") // want `^span is never ended, so it is never exported$`
	span.AddAttributes(octrace.StringAttribute("k", "v"))
	return work(ctx)
}

// OpenCensusPath forgets End on one path.
func OpenCensusPath(ctx context.Context) error {
	ctx, span := octrace.StartSpan(ctx, "path") // want `span is not ended on the path that returns on line 21,`
	if err := work(ctx); err != nil {
		span.SetStatus(octrace.Status{Code: octrace.StatusCodeUnknown, Message: err.Error()})
		return err
	}
	span.End()
	return nil
}

// OpenCensusRemote starts under a remote parent.
func OpenCensusRemote(ctx context.Context, parent octrace.SpanContext) error {
	ctx, span := octrace.StartSpanWithRemoteParent(ctx, "remote", parent) // want `span is not ended on the path that returns on line 31,`
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// OpenCensusDiscarded keeps the context only.
func OpenCensusDiscarded(ctx context.Context) error {
	ctx, _ = octrace.StartSpan(ctx, "discarded") // want `the span that octrace.StartSpan returns is discarded`
	return work(ctx)
}

// OpenCensusRight defers.
func OpenCensusRight(ctx context.Context) error {
	ctx, span := octrace.StartSpan(ctx, "right", octrace.WithSpanKind(octrace.SpanKindServer))
	defer span.End()
	return work(ctx)
}

// OpenCensusBorrowed takes the caller's span.
func OpenCensusBorrowed(ctx context.Context) {
	octrace.FromContext(ctx).AddAttributes(octrace.BoolAttribute("k", true))
}
