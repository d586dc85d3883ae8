// Package app ends its spans through the helpers of other packages.
package app

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
	"github.com/tracevet/tracevet/testdata/spanafterend/wrappers/spanlog"
	"github.com/tracevet/tracevet/testdata/spanafterend/wrappers/telemetry"
)

func attributeAfterHelper(ctx context.Context, id string) (value string, err error) {
	ctx, span := telemetry.Start(ctx, "app.load")
	value, err = work.Load(ctx, id)
	telemetry.End(span, &err)
	span.SetAttributes(attribute.Int("size", len(value))) // want `^span\.SetAttributes comes after .* on line 22, so it is lost$`
	return value, err
}

func statusAfterHelperOfHelper(ctx context.Context, value string) error {
	ctx, span := telemetry.Start(ctx, "app.save")
	err := work.Save(ctx, value)
	telemetry.Close(span)
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after .* on line 30, so it is lost$`
	}
	return err
}

func helperWithoutDefer(ctx context.Context, id string) (value string, err error) {
	ctx, span := telemetry.Start(ctx, "app.load")
	telemetry.End(span, &err) // want `comes before the work that its context is passed to, so the span has no duration`
	return work.Load(ctx, id)
}

func endFunctionWithoutDefer(ctx context.Context, value string) error {
	ctx, end := telemetry.Track(ctx, "app.save")
	end(nil) // want `comes before the work that its context is passed to, so the span has no duration`
	return work.Save(ctx, value)
}

func loggerFinishedWithoutDefer(ctx context.Context, value string) error {
	log, ctx := spanlog.New(ctx, "app.save")
	log.Finish() // want `comes before the work that its context is passed to, so the span has no duration`
	return work.Save(ctx, value)
}

func helperInLoop(ctx context.Context, ids []string) (err error) {
	for _, id := range ids {
		spanCtx, span := telemetry.Start(ctx, "app.item")
		defer telemetry.End(span, &err) // want `^deferred .* runs when the function returns, so the span of each iteration stays open until then$`
		if _, err = work.Load(spanCtx, id); err != nil {
			return err
		}
	}
	return nil
}

func endFunctionInLoop(ctx context.Context, ids []string) {
	for _, id := range ids {
		itemCtx, end := telemetry.Track(ctx, "app.item")
		_, err := work.Load(itemCtx, id)
		defer end(err) // want `^deferred .* runs when the function returns, so the span of each iteration stays open until then$`
	}
}

func loggerInLoop(ctx context.Context, ids []string) {
	for _, id := range ids {
		log, ctx := spanlog.New(ctx, "app.item")
		defer log.Finish() // want `^deferred .* runs when the function returns, so the span of each iteration stays open until then$`
		log.Log(ctx, "item %s", id)
	}
}

func scopeInLoop(ctx context.Context, ids []string) {
	for _, id := range ids {
		ctx, sc := spanlog.Open(ctx, "app.item")
		_, err := work.Load(ctx, id)
		defer sc.Done(err) // want `^deferred .* runs when the function returns, so the span of each iteration stays open until then$`
	}
}

func statusDeferredBeforeHelper(ctx context.Context, value string) (err error) {
	ctx, span := telemetry.Start(ctx, "app.save")
	defer func() {
		if err != nil {
			span.RecordError(err) // want `^span\.RecordError is deferred before .* on line 97 and so runs after it: it is lost$`
		}
	}()
	defer telemetry.End(span, nil)
	return work.Save(ctx, value)
}

func loggerOfRequestFinished(w http.ResponseWriter, r *http.Request) {
	log := spanlog.FromContext(r.Context())
	defer log.Finish() // want `ends a span that this function does not own, so what its owner records later is lost`
	log.Log(r.Context(), "hello")
	w.WriteHeader(http.StatusNoContent)
}

func loggerOfRequestFinishedAtOnce(c *gin.Context) {
	if _, err := work.Load(c.Request.Context(), c.Param("id")); err != nil {
		c.Status(http.StatusNotFound)
		spanlog.FromContext(c.Request.Context()).Finish() // want `ends a span that this function does not own, so what its owner records later is lost`
		return
	}
	c.Status(http.StatusOK)
}

func scopeOfRequestDone(c *gin.Context) {
	ctx := c.Request.Context()
	sc := spanlog.Current(ctx)
	_, err := work.Load(ctx, c.Param("id"))
	sc.Done(err) // want `ends a span that this function does not own, so what its owner records later is lost`
	c.Status(http.StatusOK)
}

func requestEndedByHelper(w http.ResponseWriter, r *http.Request) {
	var err error
	span := trace.SpanFromContext(r.Context())
	defer telemetry.End(span, &err) // want `ends a span that this function does not own, so what its owner records later is lost`
	_, err = work.Load(r.Context(), r.PathValue("id"))
}

func requestEndedByContextHelper(c *gin.Context) {
	ctx := c.Request.Context()
	_, err := work.Load(ctx, c.Param("id"))
	telemetry.EndFromContext(ctx, err) // want `ends a span that this function does not own, so what its owner records later is lost`
	c.Status(http.StatusOK)
}

type health struct {
	grpc_health_v1.UnimplementedHealthServer
}

func (h *health) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (_ *grpc_health_v1.HealthCheckResponse, err error) {
	defer telemetry.End(trace.SpanFromContext(ctx), &err) // want `ends a span that this function does not own, so what its owner records later is lost`
	if _, err := work.Load(ctx, req.GetService()); err != nil {
		return nil, err
	}
	return &grpc_health_v1.HealthCheckResponse{}, nil
}
