package innocent_real

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"

	"github.com/go-resty/resty/v2"
	"github.com/redis/go-redis/v9"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/stats"
	"gorm.io/gorm"
)

// redisHook traces go-redis.
type redisHook struct{ instr *instr }

// DialHook gives the dial the context of the span.
func (h redisHook) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		ctx, end := h.instr.start(ctx)
		conn, err := next(ctx, network, addr)
		end(err)
		return conn, err
	}
}

// ProcessHook reassigns ctx from the wrapper in the literal, and defers a literal
// that reads the named result.
func (h redisHook) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) (err error) {
		ctx, end := h.instr.start(ctx)
		defer func() { end(err) }()
		return next(ctx, cmd)
	}
}

// ProcessPipelineHook skips what has no parent, and assigns the parameter.
func (h redisHook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if !trace.SpanFromContext(ctx).IsRecording() {
			return next(ctx, cmds)
		}
		var span trace.Span
		ctx, span = tracer.Start(ctx, "redis.pipeline")
		defer span.End()
		return next(ctx, cmds)
	}
}

// gormPlugin puts the span on the statement, in a pair of callbacks.
type gormPlugin struct{ key string }

// Before replaces the statement's context and keeps the one from before.
func (p gormPlugin) Before(db *gorm.DB) {
	parent := db.Statement.Context
	db.Statement.Context, _ = tracer.Start(parent, "gorm", trace.WithSpanKind(trace.SpanKindClient))
	db.InstanceSet(p.key, parent)
}

// After ends what Before started and restores the older context, so that the next
// statement of the session is a sibling.
func (p gormPlugin) After(db *gorm.DB) {
	span := trace.SpanFromContext(db.Statement.Context)
	if db.Error != nil {
		span.SetStatus(codes.Error, db.Error.Error())
	}
	span.End()
	if v, ok := db.InstanceGet(p.key); ok {
		db.Statement.Context = v.(context.Context)
	}
}

// RestyHooks start in one hook, and end in the other what the request carries.
func RestyHooks(client *resty.Client) {
	client.OnBeforeRequest(func(_ *resty.Client, req *resty.Request) error {
		ctx, _ := tracer.Start(req.Context(), "resty "+req.Method)
		req.SetContext(ctx)
		return nil
	})
	client.OnAfterResponse(func(_ *resty.Client, resp *resty.Response) error {
		trace.SpanFromContext(resp.Request.Context()).End()
		return nil
	})
}

// transport writes the header itself.
type transport struct {
	base http.RoundTripper
	prop propagation.TextMapPropagator
}

// RoundTrip injects the new context into the header, which is all that the plain
// transport below could do with it.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, span := tracer.Start(req.Context(), "HTTP "+req.Method, trace.WithSpanKind(trace.SpanKindClient))
	out := req.Clone(req.Context())
	t.prop.Inject(ctx, propagation.HeaderCarrier(out.Header))
	resp, err := t.base.RoundTrip(out)
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
		span.End()
		return nil, err
	}
	resp.Body = &body{ReadCloser: resp.Body, span: span}
	return resp, nil
}

// body ends the span with the response.
type body struct {
	io.ReadCloser
	span trace.Span
}

// Close ends it.
func (b *body) Close() error {
	defer b.span.End()
	return b.ReadCloser.Close()
}

// Dials has spans for the phases of a connection, which net/http's hooks start and
// end while the request is on its way on the context of all of them.
func Dials(ctx context.Context, client *http.Client, url string) (*http.Response, error) {
	var dns, handshake trace.Span
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart: func(httptrace.DNSStartInfo) { _, dns = tracer.Start(ctx, "http.dns") },
		DNSDone:  func(httptrace.DNSDoneInfo) { dns.End() },
		TLSHandshakeStart: func() {
			_, handshake = tracer.Start(ctx, "http.tls")
		},
		TLSHandshakeDone: func(tls.ConnectionState, error) { handshake.End() },
	})
	req, err := http.NewRequestWithContext(traced, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return client.Do(req)
}

// UnaryClient gives the invoker the context with the span and the metadata.
func (h *instr) UnaryClient(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoker grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	ctx, end := h.start(ctx)
	ctx = metadata.AppendToOutgoingContext(ctx, "x-method", method)
	err := invoker(ctx, method, req, reply, cc, opts...)
	end(err)
	return err
}

// StreamClient starts the span that the stream it returns ends.
func (h *instr) StreamClient(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string, streamer grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
	ctx, end := h.start(ctx)
	inner, err := streamer(ctx, desc, cc, method, opts...)
	if err != nil {
		end(err)
		return nil, err
	}
	return &clientStream{ClientStream: inner, end: end}, nil
}

type clientStream struct {
	grpc.ClientStream
	end func(error)
}

// RecvMsg ends the span with the stream.
func (s *clientStream) RecvMsg(m any) error {
	err := s.ClientStream.RecvMsg(m)
	if err != nil {
		if err == io.EOF {
			s.end(nil)
		} else {
			s.end(err)
		}
	}
	return err
}

// rpcStats is a stats handler.
type rpcStats struct{ stats.Handler }

// TagRPC starts on the context that gRPC goes on with: the result.
func (rpcStats) TagRPC(ctx context.Context, info *stats.RPCTagInfo) context.Context {
	ctx = otel.GetTextMapPropagator().Extract(ctx, propagation.MapCarrier{})
	ctx, _ = tracer.Start(ctx, info.FullMethodName)
	return ctx
}

// HandleRPC ends it.
func (rpcStats) HandleRPC(ctx context.Context, s stats.RPCStats) {
	if _, ok := s.(*stats.End); ok {
		trace.SpanFromContext(ctx).End()
	}
}

// validation checks a request.
type validator interface{ Validate() error }

// Validated has a leaf span for the validation, which is ended by the literal that
// has it: the handler is meant to be its sibling.
func Validated(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	if v, ok := req.(validator); ok {
		if err := func() error {
			_, span := tracer.Start(ctx, "validate")
			defer span.End()
			return v.Validate()
		}(); err != nil {
			return nil, err
		}
	}
	return handler(ctx, req)
}

// RateLimited has one for the wait, which it ends on both ways.
func RateLimited(wait func(<-chan struct{}) bool) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		_, span := tracer.Start(ctx, "ratelimit")
		if !wait(ctx.Done()) {
			span.SetStatus(codes.Error, "limited")
			span.End()
			return nil, ctx.Err()
		}
		span.End()
		return handler(ctx, req)
	}
}
