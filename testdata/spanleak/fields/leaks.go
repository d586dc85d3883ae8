// Package fields keeps spans in unexported fields of its own types. Whether
// anything ends such a field is decided by this package alone.
package fields

import (
	"context"
	"errors"
	"net"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("fields")

var errEmpty = errors.New("empty")

func work(ctx context.Context) error { return ctx.Err() }

func dial(ctx context.Context) (net.Conn, error) { return nil, ctx.Err() }

// conn has a Close that does not end its span.
type conn struct {
	nc       net.Conn
	connSpan trace.Span
}

// newConn stores the span in a literal.
func newConn(ctx context.Context, nc net.Conn) *conn {
	_, span := tracer.Start(ctx, "conn") // want `span is never ended, so it is never exported`
	return &conn{nc: nc, connSpan: span}
}

func (c *conn) note(msg string) { c.connSpan.AddEvent(msg) }

// Close closes the connection and forgets the span.
func (c *conn) Close() error {
	c.note("close")
	return c.nc.Close()
}

// Serve uses the connection.
func Serve(ctx context.Context, nc net.Conn) error {
	c := newConn(ctx, nc)
	defer c.Close()
	c.note("serve")
	return work(ctx)
}

// Poller assigns to the field directly.
type Poller struct {
	pollSpan trace.Span
	stop     chan struct{}
}

// Open starts the poller.
func (p *Poller) Open(ctx context.Context) error {
	ctx, p.pollSpan = tracer.Start(ctx, "Poller.Open") // want `pollSpan is never ended, so it is never exported`
	p.pollSpan.SetAttributes(attribute.Bool("open", true))
	return work(ctx)
}

// Stop stops it and forgets the span.
func (p *Poller) Stop() { close(p.stop) }

// Batch keeps its span one struct further in.
type Batch struct {
	state batchState
}

type batchState struct {
	batchSpan trace.Span
	n         int
}

// Begin begins a batch.
func (b *Batch) Begin(ctx context.Context) {
	_, b.state.batchSpan = tracer.Start(ctx, "Batch.Begin") // want `batchSpan is never ended, so it is never exported`
}

// Commit counts, and does not end.
func (b *Batch) Commit() int {
	b.state.batchSpan.AddEvent("commit")
	b.state.n++
	return b.state.n
}

// Session is right as a type, but its constructor leaks.
type Session struct {
	span trace.Span
	nc   net.Conn
}

// NewSession drops the half-made session, with its open span, on the error path.
func NewSession(ctx context.Context) (*Session, error) {
	s := &Session{}
	ctx, s.span = tracer.Start(ctx, "Session") // want `span is not ended on the path that returns on line 101,`
	nc, err := dial(ctx)
	if err != nil {
		return nil, err
	}
	s.nc = nc
	return s, nil
}

// NewSessionLocal does it with a local variable.
func NewSessionLocal(ctx context.Context) (*Session, error) {
	ctx, span := tracer.Start(ctx, "SessionLocal") // want `span is not ended on the path that returns on line 113,`
	nc, err := dial(ctx)
	if err != nil {
		span.RecordError(err)
		return nil, err
	}
	return &Session{span: span, nc: nc}, nil
}

// Close ends the session's span.
func (s *Session) Close() error {
	s.span.End()
	return s.nc.Close()
}

// UseSession forgets Close on one path: the session is a wrapper of its span.
func UseSession(ctx context.Context, id string) error {
	s, err := NewSession(ctx) // want `s is not ended on the path that returns on line 131,`
	if err != nil {
		return err
	}
	if id == "" {
		return errEmpty
	}
	return s.Close()
}

// local is a struct that never leaves the function.
func local(ctx context.Context) error {
	var l struct {
		ctx  context.Context
		span trace.Span
	}
	l.ctx, l.span = tracer.Start(ctx, "local") // want `span is not ended on the path that returns on line 144,`
	if err := work(l.ctx); err != nil {
		return err
	}
	l.span.End()
	return nil
}
