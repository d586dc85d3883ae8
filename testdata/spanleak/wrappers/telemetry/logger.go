package telemetry

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// SpanLogger is a logger that writes to a span as well.
type SpanLogger struct {
	*slog.Logger
	trace.Span
	prefix string
}

// NewLogger starts a span for its caller, who calls Finish. The context comes second.
func NewLogger(ctx context.Context, name string) (*SpanLogger, context.Context) {
	ctx, span := tracer.Start(ctx, name)
	return &SpanLogger{Logger: slog.Default(), Span: span, prefix: name}, ctx
}

// FromContext lends the span of the context: its caller must not end it.
func FromContext(ctx context.Context) *SpanLogger {
	return &SpanLogger{Logger: slog.Default(), Span: trace.SpanFromContext(ctx)}
}

// Error records the error and returns it.
func (l *SpanLogger) Error(err error) error {
	if err != nil {
		l.Span.RecordError(err)
		l.Logger.Error(l.prefix, "err", err)
	}
	return err
}

// Finish ends the span.
func (l *SpanLogger) Finish() { l.Span.End() }

// ErrSpan has an End of another signature.
type ErrSpan struct {
	s trace.Span
}

// NewErrSpan starts a span for its caller.
func NewErrSpan(ctx context.Context, name string) (context.Context, ErrSpan) {
	ctx, s := tracer.Start(ctx, name)
	return ctx, ErrSpan{s}
}

// End ends the span with the error that errp points to.
func (e ErrSpan) End(errp *error) {
	if errp != nil && *errp != nil {
		e.s.SetStatus(codes.Error, (*errp).Error())
	}
	e.s.End()
}

// Ctx is a context of the project's own that starts spans.
type Ctx struct {
	context.Context
	user string
}

// Trace starts a span for its caller and puts it into the receiver.
func (c *Ctx) Trace(name string) trace.Span {
	var span trace.Span
	c.Context, span = tracer.Start(c.Context, name)
	return span
}

type nopSpan struct{}

// Tag implements Span.
func (nopSpan) Tag(key, value string) Span { return nopSpan{} }

// Finish implements Span.
func (nopSpan) Finish(err error) {}

// OpenMaybe returns one of two implementations.
func OpenMaybe(ctx context.Context, name string) (context.Context, Span) {
	if !Enabled {
		return ctx, nopSpan{}
	}
	ctx, span := tracer.Start(ctx, name)
	return ctx, &spanImpl{inner: span}
}
