package innocent_byhand

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// sampledOnly is a propagator: writing the header is its job.
type sampledOnly struct {
	propagation.TraceContext
}

var _ propagation.TextMapPropagator = sampledOnly{}

// Inject of a propagator's own.
func (p sampledOnly) Inject(ctx context.Context, carrier propagation.TextMapCarrier) {
	sc := trace.SpanContextFromContext(ctx)
	if !sc.IsSampled() {
		return
	}
	carrier.Set("traceparent", fmt.Sprintf("00-%s-%s-01", sc.TraceID(), sc.SpanID()))
}
