package borrowed

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

// Silent: the borrowed span is written to and left open, as it should be.
func leftOpen(w http.ResponseWriter, r *http.Request) {
	span := trace.SpanFromContext(r.Context())
	span.SetAttributes(attribute.String("user", r.PathValue("user")))
	w.WriteHeader(http.StatusNoContent)
}

// Silent: its own span, a child of the request's.
func ownChild(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "child")
	defer span.End()
	_, _ = work.Load(ctx, c.Param("id"))
	c.Status(http.StatusNoContent)
}

// Silent: its own span, taken out of the context that it was put in.
func ownThroughContext(w http.ResponseWriter, r *http.Request) {
	ctx, _ := tracer.Start(r.Context(), "child")
	defer trace.SpanFromContext(ctx).End()
	_, _ = work.Load(ctx, r.PathValue("id"))
	w.WriteHeader(http.StatusNoContent)
}

// Silent: its own span, under the name of the request's context.
func sameName(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	trace.SpanFromContext(ctx).AddEvent("serving")
	ctx, _ = tracer.Start(ctx, "child")
	_, err := work.Load(ctx, r.PathValue("id"))
	finish(ctx, err)
	w.WriteHeader(http.StatusNoContent)
}

// Silent: its own span, put into the context by hand.
func putByHand(w http.ResponseWriter, r *http.Request) {
	_, span := tracer.Start(r.Context(), "child", trace.WithNewRoot())
	ctx := trace.ContextWithSpan(r.Context(), span)
	defer finish(ctx, nil)
	_, _ = work.Load(ctx, r.PathValue("id"))
	w.WriteHeader(http.StatusNoContent)
}

// Silent: the middleware started the span that it finds on the request
// afterwards.
func ownOnRequest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, _ := tracer.Start(r.Context(), "middleware")
		r = r.WithContext(ctx)
		next.ServeHTTP(w, r)
		trace.SpanFromContext(r.Context()).End()
	})
}

// Silent: the same with gin, which keeps the request in its own context.
func ownOnGinRequest(c *gin.Context) {
	ctx, _ := tracer.Start(c.Request.Context(), "middleware")
	c.Request = c.Request.WithContext(ctx)
	c.Next()
	trace.SpanFromContext(c.Request.Context()).End()
}

// Silent: the borrowed variable holds a span of its own by the time it ends.
func replaced(w http.ResponseWriter, r *http.Request) {
	span := trace.SpanFromContext(r.Context())
	span.AddEvent("serving")
	ctx, span := tracer.Start(r.Context(), "child")
	defer span.End()
	_, _ = work.Load(ctx, r.PathValue("id"))
}

// EndSpan ends the span that its caller put in ctx.
//
// Silent: it serves no request, and its callers started the span.
func EndSpan(ctx context.Context, err error) {
	span := trace.SpanFromContext(ctx)
	defer span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
}

// Silent: the context that EndSpan is given is that of the span started here.
func startedHere(ctx context.Context, value string) (err error) {
	ctx, _ = tracer.Start(ctx, "save")
	defer func() { EndSpan(ctx, err) }()
	return work.Save(ctx, value)
}

type command struct{ name string }

// hook is called before and after each command: a pair.
type hook struct{}

// Before leaves its span open in the context that it returns.
//
// Silent: After ends it.
func (hook) Before(ctx context.Context, cmd command) (context.Context, error) {
	ctx, _ = tracer.Start(ctx, cmd.name)
	return ctx, nil
}

// After ends the span that Before left in ctx.
//
// Silent: it is the span of the pair.
func (hook) After(ctx context.Context, _ command, err error) error {
	span := trace.SpanFromContext(ctx)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
	return nil
}

// rpcStats is a pair as well, of the shape of a stats handler.
type rpcStats struct{}

type rpcEvent struct{ last bool }

// Silent: the span stays open in the context of the call.
func (rpcStats) TagRPC(ctx context.Context, method string) context.Context {
	ctx, _ = tracer.Start(ctx, method)
	return ctx
}

// Silent: the last event of a call ends the span that TagRPC opened.
func (rpcStats) HandleRPC(ctx context.Context, e rpcEvent) {
	span := trace.SpanFromContext(ctx)
	span.AddEvent("event")
	if e.last {
		span.End()
	}
}

// Silent: a function that serves no request may well have been handed the span
// along with the context.
func handedOver(ctx context.Context, value string) error {
	span := trace.SpanFromContext(ctx)
	defer span.End()
	return work.Save(ctx, value)
}

// Silent: the job's span was opened by whoever queued it.
func worker(ctx context.Context, jobs <-chan context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-jobs:
			_, _ = work.Next(job)
			trace.SpanFromContext(job).End()
		}
	}
}

// transaction is no span, though it is found in a context and ended.
type transaction struct{ open bool }

func (t *transaction) End() { t.open = false }

func transactionFrom(ctx context.Context) *transaction {
	t, _ := ctx.Value(userKey{}).(*transaction)
	return t
}

// Silent: what it ends is a transaction.
func endsTransaction(w http.ResponseWriter, r *http.Request) {
	if t := transactionFrom(r.Context()); t != nil {
		defer t.End()
	}
	w.WriteHeader(http.StatusNoContent)
}

// owner keeps a span from request to request.
type owner struct {
	grpc_health_v1.UnimplementedHealthServer
	session trace.Span
}

// Silent: the span is a field of the server, not the request's.
func (o *owner) Check(ctx context.Context, _ *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	trace.SpanFromContext(ctx).AddEvent("session ends")
	o.session.End()
	return &grpc_health_v1.HealthCheckResponse{}, nil
}

// Silent: the link to the request is made, and its span left alone.
func (o *owner) List(ctx context.Context, _ *grpc_health_v1.HealthListRequest) (*grpc_health_v1.HealthListResponse, error) {
	ctx, span := tracer.Start(ctx, "list", trace.WithLinks(trace.LinkFromContext(ctx)))
	defer span.End()
	_, err := work.Load(ctx, "list")
	return &grpc_health_v1.HealthListResponse{}, err
}
