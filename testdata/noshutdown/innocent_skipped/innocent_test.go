package innocent_skipped

import (
	"context"
	"os"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// TestMain has to exit, and the spans of tests are looked at before that.
func TestMain(m *testing.M) {
	tp := trace.NewTracerProvider(trace.WithBatcher(tracetest.NewInMemoryExporter()))
	defer tp.Shutdown(context.Background())
	otel.SetTracerProvider(tp)
	os.Exit(m.Run())
}
