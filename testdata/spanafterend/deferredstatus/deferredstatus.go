// Package deferredstatus holds functions that defer the status of a span before
// its end, so that it is set after the end: deferred calls run last in, first
// out.
package deferredstatus

import (
	"context"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

var tracer = otel.Tracer("deferredstatus")

func closureFirst(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus is deferred before span\.End on line 31 and so runs after it: it is lost$`
		}
	}()
	defer span.End()
	return work.Save(ctx, value)
}

// The deferred call need not be in a closure.
func directFirst(ctx context.Context, ids []string) {
	ctx, span := tracer.Start(ctx, "count")
	defer span.SetAttributes(attribute.Int("count", len(ids))) // want `^span\.SetAttributes is deferred before span\.End on line 39 and so runs after it: it is lost$`
	defer span.End()
	for _, id := range ids {
		_, _ = work.Load(ctx, id)
	}
}

// Each call in the closure is lost.
func bothCalls(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer func() {
		if err == nil {
			return
		}
		span.RecordError(err)                    // want `^span\.RecordError is deferred before span\.End on line 55 and so runs after it: it is lost$`
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus is deferred before span\.End on line 55 and so runs after it: it is lost$`
	}()
	defer span.End()
	return work.Save(ctx, value)
}

// The end is some lines below, after other work.
func farApart(ctx context.Context, id string) (value string, err error) {
	ctx, span := tracer.Start(ctx, "load")
	defer func() { span.SetAttributes(attribute.Int("size", len(value))) }() // want `^span\.SetAttributes is deferred before span\.End on line 68 and so runs after it: it is lost$`

	if id == "" {
		id = "default"
	}
	span.AddEvent("loading " + id)
	defer span.End()
	return work.Load(ctx, id)
}

// The end is in a closure, too.
func twoClosures(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer func() {
		if err != nil {
			span.RecordError(err) // want `^span\.RecordError is deferred before span\.End on line 82 and so runs after it: it is lost$`
		}
	}()
	defer func() {
		span.AddEvent("saved")
		span.End()
	}()
	return work.Save(ctx, value)
}

// A closure with a name.
func namedClosure(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	report := func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus is deferred before span\.End on line 96 and so runs after it: it is lost$`
		}
	}
	defer report()
	defer span.End()
	return work.Save(ctx, value)
}

// A recovered panic is not on the span, either.
func recovered(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "gin")
	defer func() {
		if r := recover(); r != nil {
			span.SetStatus(codes.Error, fmt.Sprint(r)) // want `^span\.SetStatus is deferred before span\.End on line 109 and so runs after it: it is lost$`
			c.AbortWithStatus(http.StatusInternalServerError)
		}
	}()
	defer span.End()
	if _, err := work.Load(ctx, c.Param("id")); err != nil {
		panic(err)
	}
}

func echoHandler(c echo.Context) (err error) {
	ctx, handlerSpan := tracer.Start(c.Request().Context(), "echo")
	defer func() {
		handlerSpan.SetAttributes(attribute.Int("status", c.Response().Status)) // want `^handlerSpan\.SetAttributes is deferred before handlerSpan\.End on line 120 and so runs after it: it is lost$`
	}()
	defer handlerSpan.End()
	return work.Save(ctx, c.Param("value"))
}

type health struct {
	grpc_health_v1.UnimplementedHealthServer
}

func (health) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (_ *grpc_health_v1.HealthCheckResponse, err error) {
	ctx, span := tracer.Start(ctx, "check")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus is deferred before span\.End on line 135 and so runs after it: it is lost$`
		}
	}()
	defer span.End(trace.WithStackTrace(true))
	_, err = work.Load(ctx, req.GetService())
	return &grpc_health_v1.HealthCheckResponse{}, err
}

// In a function literal, whose deferred calls are its own.
func literal(ctx context.Context, ids []string) error {
	for _, id := range ids {
		err := func() (err error) {
			ctx, span := tracer.Start(ctx, "item")
			defer func() {
				if err != nil {
					span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus is deferred before span\.End on line 150 and so runs after it: it is lost$`
				}
			}()
			defer span.End()
			_, err = work.Load(ctx, id)
			return err
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

// The method of a struct that keeps its tracer.
type repository struct{ tracer trace.Tracer }

func (r *repository) save(ctx context.Context, value string) (err error) {
	ctx, span := r.tracer.Start(ctx, "save")
	defer func() {
		span.AddEvent("done", trace.WithAttributes(attribute.Bool("ok", err == nil))) // want `^span\.AddEvent is deferred before span\.End on line 169 and so runs after it: it is lost$`
	}()
	defer span.End()
	return work.Save(ctx, value)
}

// Silent: the end is registered first, so it runs last.
func endFirst(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer span.End()
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
	}()
	return work.Save(ctx, value)
}

// Silent: both in one closure, in the right order.
func oneClosure(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}()
	return work.Save(ctx, value)
}

// Silent: a closure with a deferred call of its own, which comes last in it.
func deferInClosure(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer func() {
		defer span.End()
		span.SetAttributes(attribute.Bool("failed", err != nil))
	}()
	return work.Save(ctx, value)
}

// Silent: the first closure writes to the outer span, which ends last.
func outerSpan(ctx context.Context, value string) (err error) {
	ctx, outer := tracer.Start(ctx, "outer")
	defer outer.End()
	defer func() { outer.SetAttributes(attribute.Bool("failed", err != nil)) }()

	ctx, inner := tracer.Start(ctx, "inner")
	defer inner.End()
	return work.Save(ctx, value)
}

// Silent: the first closure only reads the ids, which an ended span still has.
func reads(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer func() {
		if err != nil {
			err = fmt.Errorf("trace %s: %w", span.SpanContext().TraceID(), err)
		}
	}()
	defer span.End()
	return work.Save(ctx, value)
}

// Silent: the deferred call of the literal runs when the literal returns, long
// before the end that is deferred below it.
func innerFunction(ctx context.Context, id string) {
	ctx, span := tracer.Start(ctx, "load")
	func() {
		defer span.AddEvent("loaded")
		_, _ = work.Load(ctx, id)
	}()
	defer span.End()
	_ = work.Save(ctx, id)
}

// Silent: the event and the end below it are on paths that exclude each other.
func eitherOr(ctx context.Context, value string, verbose bool) {
	ctx, span := tracer.Start(ctx, "save")
	if verbose {
		defer func() {
			span.AddEvent("saved")
			span.End()
		}()
	} else {
		defer span.End()
	}
	_ = work.Save(ctx, value)
}

// Silent: the status is set by hand, before the deferred end.
func byHand(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	defer span.End()
	err := work.Save(ctx, value)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	return err
}

// Silent: what the first closure touches is not the span.
func otherThings(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	counts := map[string]int{}
	defer func() { counts["saved"]++ }()
	defer span.End()
	return work.Save(ctx, value)
}
