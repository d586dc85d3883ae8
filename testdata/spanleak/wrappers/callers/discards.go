package callers

import (
	"context"

	"github.com/tracevet/tracevet/testdata/spanleak/wrappers/telemetry"
)

// DiscardSpan discards the span beside the context.
func DiscardSpan(ctx context.Context) error {
	ctx, _ = telemetry.Start(ctx, "discard-span") // want `^the span that telemetry.Start returns is discarded, so it is never ended and never exported$`
	return work(ctx)
}

// DiscardAlone assigns the span to the blank identifier.
func DiscardAlone(ctx context.Context) error {
	_ = telemetry.StartSpan(ctx, "discard-alone") // want `the span that telemetry.StartSpan returns is discarded`
	return work(ctx)
}

// DiscardBare calls the wrapper as a statement.
func DiscardBare(ctx context.Context) error {
	telemetry.StartSpan(ctx, "discard-bare") // want `the span that telemetry.StartSpan returns is discarded`
	return work(ctx)
}

// DiscardStruct discards a struct that holds the span.
func DiscardStruct(ctx context.Context) error {
	ctx, _ = telemetry.NewOp(ctx, "discard-struct") // want `the span that telemetry.NewOp returns is discarded`
	return work(ctx)
}

// DiscardPointer calls the constructor as a statement.
func DiscardPointer(ctx context.Context) error {
	telemetry.Begin(ctx, "discard-pointer") // want `the span that telemetry.Begin returns is discarded`
	return work(ctx)
}

// DiscardEndFunction discards the end function.
func DiscardEndFunction(ctx context.Context) error {
	ctx, _ = telemetry.Trace(ctx, "discard-end-function") // want `the span that telemetry.Trace returns is discarded`
	return work(ctx)
}

// DiscardInterface discards the project's own span.
func DiscardInterface(ctx context.Context) error {
	sctx, _ := telemetry.Open(ctx, "discard-interface") // want `the span that telemetry.Open returns is discarded`
	return work(sctx)
}

// DeferWithoutCall defers the start, and not the function that it returns: the
// span starts when the function is over, and is never ended.
func DeferWithoutCall(ctx context.Context) error {
	defer telemetry.Time(ctx, "defer-without-call") // want `the span that telemetry.Time returns is discarded`
	return work(ctx)
}
