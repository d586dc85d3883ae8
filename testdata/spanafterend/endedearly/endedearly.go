// Package endedearly holds spans that end before the work that they are meant
// to be around.
package endedearly

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

var tracer = otel.Tracer("endedearly")

func noDefer(ctx context.Context, id string) (string, error) {
	ctx, span := tracer.Start(ctx, "load")
	span.End() // want `^span\.End comes before the work that its context is passed to, so the span has no duration$`
	return work.Load(ctx, id)
}

// The work is deferred, and before the End: so has to be the End.
func deferredWork(ctx context.Context, value string) {
	ctx, span := tracer.Start(ctx, "deferred")
	defer func() { // the last step
		_ = work.Save(ctx, value)
	}()
	span.End() // want `^span\.End comes before the work that its context is passed to`
}

// Silent: a span that has attributes, but no duration, may be a mark in the
// trace, set on purpose. Not proved, so not reported.
func attributesOnly(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	span.SetAttributes(attribute.Int("size", len(value)))
	span.End()

	if value == "" {
		value = "nothing"
	}
	return work.Save(ctx, value)
}

func ginHandler(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "gin")
	span.End() // want `^span\.End comes before the work that its context is passed to, so the span has no duration$`
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "serve")
		span.End() // want `^span\.End comes before the work that its context is passed to, so the span has no duration$`
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

type health struct {
	grpc_health_v1.UnimplementedHealthServer
}

func (health) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	spanCtx, span := tracer.Start(ctx, "check")
	span.End() // want `^span\.End comes before the work that its context is passed to, so the span has no duration$`
	if _, err := work.Load(spanCtx, req.GetService()); err != nil {
		return nil, err
	}
	return &grpc_health_v1.HealthCheckResponse{}, nil
}

func generic[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) {
	ctx, span := tracer.Start(ctx, "generic")
	span.End() // want `^span\.End comes before the work that its context is passed to, so the span has no duration$`
	return f(ctx)
}

// finish ends its span.
//
// Silent: an end helper.
func finish(span trace.Span, err *error) {
	if *err != nil {
		span.SetStatus(codes.Error, (*err).Error())
	}
	span.End()
}

// The helper was meant to be deferred.
func helper(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	finish(span, &err) // want `comes before the work that its context is passed to, so the span has no duration$`
	return work.Save(ctx, value)
}

// The work is in a closure, which runs after the span around its making.
func task(ctx context.Context, value string) func() error {
	ctx, span := tracer.Start(ctx, "task")
	save := func() error { return work.Save(ctx, value) }
	span.End() // want `^span\.End comes before the work that its context is passed to, so the span has no duration$`
	return save
}

// In each turn of a loop.
func everyTurn(ctx context.Context, ids []string) {
	for _, id := range ids {
		itemCtx, span := tracer.Start(ctx, "item", trace.WithAttributes(attribute.String("id", id)))
		span.End() // want `^span\.End comes before the work that its context is passed to, so the span has no duration$`
		_, _ = work.Load(itemCtx, id)
	}
}

// Silent: the end is deferred.
func deferred(ctx context.Context, id string) (string, error) {
	ctx, span := tracer.Start(ctx, "load")
	defer span.End()
	return work.Load(ctx, id)
}

// Silent: the work is between the start and the end.
func around(ctx context.Context, id string) (string, error) {
	ctx, span := tracer.Start(ctx, "load")
	value, err := work.Load(ctx, id)
	span.End()
	return value, err
}

// Silent: a span that marks a moment; nothing is passed its context.
func marker(ctx context.Context, id string) (string, error) {
	_, span := tracer.Start(ctx, "load-asked-for")
	span.End()
	return work.Load(ctx, id)
}

// Silent: some of the work is inside, and what comes after is meant to be a
// child of a phase that is over: an odd tree, but no span without duration.
func phases(ctx context.Context, id string) error {
	ctx, span := tracer.Start(ctx, "load")
	value, err := work.Load(ctx, id)
	span.End()
	if err != nil {
		return err
	}
	return work.Save(ctx, value)
}

// Silent: the span measures how long the lock takes, which is work without a
// context.
func lock(ctx context.Context, acquire func(), id string) {
	ctx, span := tracer.Start(ctx, "lock")
	acquire()
	span.End()
	_, _ = work.Load(ctx, id)
}

// Silent: a span for the making of a message, whose context travels with it.
func message(ctx context.Context, header http.Header) {
	ctx, span := tracer.Start(ctx, "create", trace.WithSpanKind(trace.SpanKindProducer))
	span.End()
	otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(header))
}

// Silent: the context is asked for its cancellation only.
func cancellation(ctx context.Context) error {
	ctx, span := tracer.Start(ctx, "begin")
	span.End()
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
		return nil
	}
}

// Silent: it ends at once on a path that does no work.
func nothingToDo(ctx context.Context, ids []string) {
	ctx, span := tracer.Start(ctx, "all")
	if len(ids) == 0 {
		span.End()
		return
	}
	for _, id := range ids {
		_, _ = work.Load(ctx, id)
	}
	span.End()
}

// Silent: the context that is used below is the caller's, not the span's.
func otherContext(ctx context.Context, id string) (string, error) {
	startCtx, span := tracer.Start(ctx, "start")
	span.End()
	if startCtx.Err() != nil {
		return "", startCtx.Err()
	}
	return work.Load(ctx, id)
}

// Silent: the context of the ended span is replaced before it is used.
func replaced(ctx context.Context, value string) error {
	parent := ctx
	ctx, span := tracer.Start(parent, "mark")
	span.End()
	ctx, span = tracer.Start(parent, "save")
	defer span.End()
	return work.Save(ctx, value)
}
