package ownership

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"go.opentelemetry.io/otel/trace"
)

// Callback: the callee calls it some day.
func Callback(ctx context.Context, onClose func(func())) {
	_, span := tracer.Start(ctx, "callback")
	onClose(func() { span.End() })
}

// CallbackMethodValue passes the method value.
func CallbackMethodValue(ctx context.Context, c *Closers) {
	_, span := tracer.Start(ctx, "callback-method-value")
	c.Add(span.End)
}

// Closers is a list of clean-ups, as testing's Cleanup.
type Closers struct {
	fns []func(...trace.SpanEndOption)
}

// Add adds one.
func (c *Closers) Add(fn func(...trace.SpanEndOption)) { c.fns = append(c.fns, fn) }

// Close runs them in reverse.
func (c *Closers) Close() {
	for i := len(c.fns) - 1; i >= 0; i-- {
		c.fns[i]()
	}
}

// CallbackField hands the span to a message's ack function.
func CallbackField(ctx context.Context, m *Message) {
	_, span := tracer.Start(ctx, "callback-field")
	m.Ack = func(err error) {
		if err != nil {
			span.RecordError(err)
		}
		span.End()
	}
}

// Message is acknowledged by its consumer.
type Message struct {
	Ack func(error)
}

// Interface: the method's body is not seen.
func Interface(ctx context.Context, s sink) {
	_, span := tracer.Start(ctx, "interface")
	s.Take(span)
}

type sink interface{ Take(trace.Span) }

// Options: the callee's body is seen and hands the options on.
func Options(ctx context.Context, s optionSink) {
	_, span := tracer.Start(ctx, "options")
	s.Run(RunOptions{Name: "x", Span: span})
}

// RunOptions carries a span to whom it may concern.
type RunOptions struct {
	Name string
	Span trace.Span
}

type optionSink interface{ Run(RunOptions) }

// Functional options: the closure that WithOwned returns holds the span.
func Functional(ctx context.Context, apply func(...Option)) {
	_, span := tracer.Start(ctx, "functional")
	apply(WithOwned(span))
}

// Option configures something.
type Option func(*RunOptions)

// WithOwned hands the span over.
func WithOwned(span trace.Span) Option {
	return func(o *RunOptions) { o.Span = span }
}

// Any: passed as an any to code of another module; unsure what it does.
func Any(ctx context.Context) {
	_, span := tracer.Start(ctx, "any")
	fmt.Fprint(io.Discard, span)
}

// Variable function: its body is not known.
func Variable(ctx context.Context, end func(trace.Span)) {
	_, span := tracer.Start(ctx, "variable")
	end(span)
}

// Closer is a struct of the standard library's interface that ends the span.
func Closer(ctx context.Context, rc io.ReadCloser) io.ReadCloser {
	_, span := tracer.Start(ctx, "closer")
	return struct {
		io.Reader
		io.Closer
	}{rc, closerFunc(func() error {
		defer span.End()
		return rc.Close()
	})}
}

type closerFunc func() error

func (f closerFunc) Close() error { return f() }

// ResponseBody hands the span to the body of the response.
func ResponseBody(ctx context.Context, resp *http.Response) {
	_, span := tracer.Start(ctx, "response-body")
	resp.Body = &body{ReadCloser: resp.Body, end: func() { span.End() }}
}

type body struct {
	io.ReadCloser
	end func()
}

func (b *body) Close() error {
	b.end()
	return b.ReadCloser.Close()
}

// ChannelResult returns a channel and ends the span while the goroutine works on:
// a short duration, but no leak.
func ChannelResult(ctx context.Context) <-chan error {
	ctx, span := tracer.Start(ctx, "channel-result")
	defer span.End()
	out := make(chan error, 1)
	go func() { out <- work(ctx) }()
	return out
}

// Address keeps the address of the variable: whoever has it may end the span.
func Address(ctx context.Context, keep func(*trace.Span)) {
	var span trace.Span
	keep(&span)
	_, span = tracer.Start(ctx, "address")
	_ = work(ctx)
}
