// Package suppressed has leaks that their author means to have.
package suppressed

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

var tracer trace.Tracer

// Silent: the comment is on the line of the finding.
func Line(ctx context.Context) {
	tracer.Start(ctx, "line") //tracevet:ignore spanleak the callback of the queue ends it through the context
}

// Silent: the comment stands alone above that line.
func Above(ctx context.Context) {
	//tracevet:ignore spanleak the callback of the queue ends it
	_, span := tracer.Start(ctx, "above")
	span.AddEvent("queued")
}

// Silent: the comment is about the function as a whole.
//
//tracevet:ignore spanleak what ends these spans is generated code
func Whole(ctx context.Context) {
	tracer.Start(ctx, "one")
	_, span := tracer.Start(ctx, "two")
	span.AddEvent("queued")
}

// A plain comment suppresses nothing: tracevet:ignore spanleak so what
func Other(ctx context.Context) {
	tracer.Start(ctx, "other") // want `discarded`
}
