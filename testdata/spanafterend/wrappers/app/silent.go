package app

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
	"github.com/tracevet/tracevet/testdata/spanafterend/wrappers/spanlog"
	"github.com/tracevet/tracevet/testdata/spanafterend/wrappers/telemetry"
)

// Silent: the helper is deferred, so it comes last.
func deferredHelper(ctx context.Context, id string) (value string, err error) {
	ctx, span := telemetry.Start(ctx, "app.load")
	defer telemetry.End(span, &err)
	value, err = work.Load(ctx, id)
	span.SetAttributes(attribute.Int("size", len(value)))
	return value, err
}

// Silent: Fail does not end the span, so there is nothing to come after.
func helperThatOnlySets(ctx context.Context, value string) error {
	ctx, span := telemetry.Start(ctx, "app.save")
	defer telemetry.Close(span)
	err := work.Save(ctx, value)
	if err != nil {
		telemetry.Fail(span, err)
		span.RecordError(err)
	}
	return err
}

// Silent: a second end through a helper does nothing, and loses nothing.
func endedTwice(ctx context.Context, value string) error {
	ctx, span := telemetry.Start(ctx, "app.save")
	defer telemetry.Close(span)
	if err := work.Save(ctx, value); err != nil {
		telemetry.Fail(span, err)
		span.End()
		return err
	}
	return nil
}

// Silent: the span in ctx is the one that this function started.
func ownSpanThroughContext(ctx context.Context, value string) (err error) {
	ctx, _ = telemetry.Start(ctx, "app.save")
	defer func() { telemetry.EndFromContext(ctx, err) }()
	return work.Save(ctx, value)
}

// Silent: as above, in a function that serves a request: the context that the
// helper is given is not the request's any more.
func ownSpanThroughContextInHandler(w http.ResponseWriter, r *http.Request) {
	ctx, _ := telemetry.Start(r.Context(), "app.serve")
	_, err := work.Load(ctx, r.PathValue("id"))
	telemetry.EndFromContext(ctx, err)
	w.WriteHeader(http.StatusNoContent)
}

// Silent: the logger's span is its own, since New started it.
func ownLogger(w http.ResponseWriter, r *http.Request) {
	log, ctx := spanlog.New(r.Context(), "app.serve")
	defer log.Finish()
	log.Log(ctx, "hello")
	w.WriteHeader(http.StatusNoContent)
}

// Silent: Current of a context that holds the span this handler opened.
func ownScope(c *gin.Context) {
	ctx, _ := spanlog.Open(c.Request.Context(), "app.serve")
	_, err := work.Load(ctx, c.Param("id"))
	spanlog.Current(ctx).Done(err)
	c.Status(http.StatusOK)
}

// Silent: the borrowed logger is written to and left open.
func borrowedLogger(c *gin.Context) {
	spanlog.FromContext(c.Request.Context()).Log(c.Request.Context(), "hello")
	c.Status(http.StatusOK)
}

// Silent: the end function is deferred inside the function that each turn
// calls.
func endFunctionPerTurn(ctx context.Context, ids []string) error {
	var errs []error
	for _, id := range ids {
		errs = append(errs, func() (err error) {
			ctx, end := telemetry.Track(ctx, "app.item")
			defer func() { end(err) }()
			_, err = work.Load(ctx, id)
			return err
		}())
	}
	return errors.Join(errs...)
}

// Silent: the generic helper ends its own span, with the status set before.
func generic(ctx context.Context, id string) (string, error) {
	return telemetry.WithSpan(ctx, "app.load", func(ctx context.Context) (string, error) {
		trace.SpanFromContext(ctx).AddEvent("loading")
		return work.Load(ctx, id)
	})
}

// Silent: the helper is called by hand at the end of each turn, and the next
// turn has a span of its own.
func helperByHand(ctx context.Context, ids []string) {
	for _, id := range ids {
		ctx, span := telemetry.Start(ctx, "app.item")
		span.SetAttributes(attribute.String("id", id))
		_, err := work.Load(ctx, id)
		telemetry.End(span, &err)
	}
}

// Silent: a helper whose spans are a list ends all of them, last.
func several(ctx context.Context, id string) (err error) {
	ctx, outer := telemetry.Start(ctx, "app.outer")
	ctx, inner := telemetry.Start(ctx, "app.inner")
	defer telemetry.EndAll(&err, inner, outer)
	_, err = work.Load(ctx, id)
	inner.SetAttributes(attribute.String("id", id))
	return err
}
