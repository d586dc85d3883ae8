package recorded

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var consumer = otel.Tracer("consumer")

// consume records behind a question about something else: that the error is none is not
// to be asked again.
func consume(ctx context.Context, traced bool, handle func(context.Context) error) error {
	var span trace.Span
	if traced {
		ctx, span = consumer.Start(ctx, "consume")
		defer span.End()
	}
	if err := handle(ctx); err != nil {
		if traced && span != nil {
			span.RecordError(err) // want `span\.RecordError leaves the status of the span unset`
		}
		return err
	}
	return nil
}
