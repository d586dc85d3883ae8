package innocent_samplers

import (
	"testing"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// A test wants every span, at once.
func TestSpans(t *testing.T) {
	rec := tracetest.NewSpanRecorder()
	tp := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(rec), sdktrace.WithSampler(sdktrace.AlwaysSample()))
	_, span := tp.Tracer("t").Start(t.Context(), "one")
	span.End()
	if len(rec.Ended()) != 1 {
		t.Error("no span")
	}
}
