// Package spanlog is a logger that writes to a span as well: an own type that
// holds a span, with an end of its own name.
package spanlog

import (
	"context"
	"fmt"
	"log/slog"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("spanlog")

// Logger logs to slog and to its span.
type Logger struct {
	span trace.Span
	log  *slog.Logger
}

// New starts a span and returns a logger on it; the caller finishes it.
//
// Silent: the span is handed over inside the logger.
func New(ctx context.Context, name string) (*Logger, context.Context) {
	ctx, span := tracer.Start(ctx, name)
	return &Logger{span: span, log: slog.Default()}, ctx
}

// FromContext returns a logger on the span that is in ctx.
//
// Silent: the span is borrowed and handed on, not ended.
func FromContext(ctx context.Context) *Logger {
	return &Logger{span: trace.SpanFromContext(ctx), log: slog.Default()}
}

// Log writes one line.
//
// Silent: the span is open as far as this method can know.
func (l *Logger) Log(ctx context.Context, format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	l.log.InfoContext(ctx, line)
	l.span.AddEvent(line)
}

// Finish ends the span.
//
// Silent: which span it is, started or borrowed, depends on the constructor.
func (l *Logger) Finish() {
	l.span.End()
}

// Scope is an own interface over what a caller may do with a span.
type Scope interface {
	Note(string)
	Done(error)
}

type scope struct{ trace.Span }

// Open starts a span behind an own interface.
//
// Silent: the caller calls Done.
func Open(ctx context.Context, name string) (context.Context, Scope) {
	ctx, span := tracer.Start(ctx, name)
	return ctx, scope{span}
}

// Current returns the scope of the span that is in ctx.
//
// Silent: borrowed and handed on.
func Current(ctx context.Context) Scope {
	return scope{trace.SpanFromContext(ctx)}
}

// Silent: an event on a span that is open as far as this method can know.
func (s scope) Note(what string) { s.AddEvent(what) }

// Silent: the error comes before the end.
func (s scope) Done(err error) {
	if err != nil {
		s.RecordError(err)
	}
	s.End()
}
