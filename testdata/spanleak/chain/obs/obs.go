// Package obs wraps the wrapper: its spans sit in a struct, and it does not
// import OpenTelemetry's API at all for starting one.
package obs

import (
	"context"

	"github.com/tracevet/tracevet/testdata/spanleak/chain/base"
	"go.opentelemetry.io/otel/trace"
)

// Request is an open request.
type Request struct {
	ctx  context.Context
	span trace.Span
	id   string
}

// NewRequest opens a request for its caller.
func NewRequest(ctx context.Context, id string) *Request {
	ctx, span := base.Start(ctx, "request")
	return &Request{ctx: ctx, span: span, id: id}
}

// Context is the request's context.
func (r *Request) Context() context.Context { return r.ctx }

// Note adds an event.
func (r *Request) Note(msg string) { base.Note(r.span, msg) }

// Close closes the request: it ends the span.
func (r *Request) Close(err error) { base.Finish(r.span, err) }

// Start passes the lower layer's results through.
func Start(ctx context.Context, name string) (context.Context, trace.Span) {
	ctx, span := base.Start(ctx, name)
	base.Note(span, "obs")
	return ctx, span
}

// Finish passes the span down to be ended.
func Finish(span trace.Span, errp *error) { base.Finish(span, *errp) }

// Checked leaks when the check fails: a fault of a wrapper.
func Checked(ctx context.Context, name string, check func() error) (context.Context, trace.Span, error) {
	ctx, span := base.Start(ctx, name) // want `span is not ended on the path that returns on line 48,`
	if err := check(); err != nil {
		return ctx, nil, err
	}
	return ctx, span, nil
}
