package innocent_real

import (
	"context"
	"errors"
	"io"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// message is what the broker's client delivers.
type message struct {
	topic   string
	headers map[string]string
	it      store.Order
	ack     func() error
}

// source is the broker's client.
type source interface {
	Next() (*message, error)
}

// consumer works off a topic.
type consumer struct {
	src  source
	svc  *service.Orders
	prop propagation.TextMapPropagator
}

// Run extracts in each turn: the parent of the span is in the message, and the
// context from before is the base that gives the cancellation.
func (c *consumer) Run(base context.Context) error {
	var (
		ctx  context.Context
		span trace.Span
	)
	for {
		msg, err := c.src.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		ctx = c.prop.Extract(base, propagation.MapCarrier(msg.headers))
		ctx, span = tracer.Start(ctx, msg.topic+" process", trace.WithSpanKind(trace.SpanKindConsumer))
		if err := c.svc.Place(ctx, msg.it); err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
}

// Batch has a span for the receipt, with links to the messages; each is processed
// under its producer's span, as the conventions for messaging have it.
func (c *consumer) Batch(ctx context.Context, msgs []*message) error {
	links := make([]trace.Link, 0, len(msgs))
	for _, msg := range msgs {
		links = append(links, trace.LinkFromContext(c.prop.Extract(ctx, propagation.MapCarrier(msg.headers))))
	}
	_, receive := tracer.Start(ctx, "receive", trace.WithLinks(links...), trace.WithSpanKind(trace.SpanKindConsumer))
	defer receive.End()
	var errs error
	for _, msg := range msgs {
		errs = errors.Join(errs, c.process(c.prop.Extract(ctx, propagation.MapCarrier(msg.headers)), msg))
	}
	return errs
}

func (c *consumer) process(ctx context.Context, msg *message) error {
	ctx, span := tracer.Start(ctx, "process", trace.WithSpanKind(trace.SpanKindConsumer))
	defer span.End()
	if err := c.svc.Place(ctx, msg.it); err != nil {
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	return msg.ack()
}

// Rooted starts a root for a message, linked to where it came from, and settles it in
// a leaf that nothing works under.
func (c *consumer) Rooted(ctx context.Context, msg *message) error {
	from := trace.LinkFromContext(c.prop.Extract(context.Background(), propagation.MapCarrier(msg.headers)))
	ctx, span := tracer.Start(ctx, "root", trace.WithNewRoot(), trace.WithLinks(from))
	defer span.End()
	if err := c.svc.Place(ctx, msg.it); err != nil {
		span.SetStatus(codes.Error, err.Error())
		return err
	}
	_, settle := tracer.Start(ctx, "settle")
	defer settle.End()
	return msg.ack()
}

// Remote drops the new context because the job is bound to the parent that the
// scheduler gave it, by the span context on the next line.
func (c *consumer) Remote(ctx context.Context, sc trace.SpanContext, msg *message) error {
	_, span := tracer.Start(ctx, "dispatch", trace.WithLinks(trace.Link{SpanContext: sc}))
	defer span.End()
	job := trace.ContextWithRemoteSpanContext(ctx, sc)
	return c.svc.Place(job, msg.it)
}

// Publish injects the span by hand: what the message carries is all that counts.
func (c *consumer) Publish(ctx context.Context, out chan<- *message, it store.Order) {
	_, span := tracer.Start(ctx, "publish", trace.WithSpanKind(trace.SpanKindProducer))
	defer span.End()
	headers := propagation.MapCarrier{}
	c.prop.Inject(trace.ContextWithSpan(ctx, span), headers)
	out <- &message{headers: headers, it: it}
}

// session is a connection that lives for long.
type session struct {
	ctx  context.Context
	span trace.Span
	svc  *service.Orders
}

// newSession has the long span, whose context the session keeps.
func newSession(ctx context.Context, svc *service.Orders) *session {
	s := &session{svc: svc}
	s.ctx, s.span = tracer.Start(ctx, "session")
	return s
}

// Close ends it.
func (s *session) Close() { s.span.End() }

// Frame is a root with a link to the session, which would be too long a parent.
func (s *session) Frame(it store.Order) error {
	ctx, span := tracer.Start(s.ctx, "frame", trace.WithNewRoot(), trace.WithLinks(trace.LinkFromContext(s.ctx)))
	defer span.End()
	return s.svc.Place(ctx, it)
}

// Serve reads frames with a leaf for each read: the frame's work comes after.
func (s *session) Serve(read func() (store.Order, error)) error {
	defer s.Close()
	for {
		_, span := tracer.Start(s.ctx, "read")
		it, err := read()
		span.SetAttributes(attribute.Int64("amount", it.Amount))
		span.End()
		if err != nil {
			return err
		}
		if err := s.Frame(it); err != nil {
			return err
		}
	}
}

// Serves opens a session and works on the outer context while it is open: the lookup
// is no part of the session.
func Serves(ctx context.Context, svc *service.Orders, id string, read func() (store.Order, error)) error {
	s := newSession(ctx, svc)
	if _, err := svc.Load(ctx, id); err != nil {
		s.Close()
		return err
	}
	return s.Serve(read)
}

// Tenanted hands on what it made of the context in one expression.
func Tenanted(ctx context.Context, svc *service.Orders, m baggage.Member, it store.Order) error {
	b, err := baggage.FromContext(ctx).SetMember(m)
	if err != nil {
		return err
	}
	return svc.Place(baggage.ContextWithBaggage(ctx, b), it)
}

// Attached calls Extract by its method value and keeps what that returns.
func (c *consumer) Attached(ctx context.Context, msg *message) context.Context {
	extract := otel.GetTextMapPropagator().Extract
	ctx = extract(ctx, propagation.MapCarrier(msg.headers))
	return ctx
}
