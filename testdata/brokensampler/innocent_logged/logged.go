// Package innocent_logged writes its spans to a log.
package innocent_logged

import (
	"context"
	"log/slog"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

type logExporter struct{}

func (*logExporter) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	for _, s := range spans {
		slog.InfoContext(ctx, s.Name(), "took", s.EndTime().Sub(s.StartTime()))
	}
	return nil
}

func (*logExporter) Shutdown(context.Context) error { return nil }

func newLogExporter() *logExporter { return new(logExporter) }

// Silent: the log is to have all spans, in order, and there is no backend in which
// they would be fragments.
func logged() *sdktrace.TracerProvider {
	exporter := &logExporter{}
	return sdktrace.NewTracerProvider(sdktrace.WithSyncer(exporter), sdktrace.WithSampler(sdktrace.AlwaysSample()))
}

// Silent: the same through a constructor.
func made() *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(newLogExporter()), sdktrace.WithSampler(sdktrace.AlwaysSample()))
}
