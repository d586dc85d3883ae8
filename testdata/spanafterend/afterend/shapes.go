package afterend

import (
	"context"
	"fmt"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

func ginHandler(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "gin")
	value, err := work.Load(ctx, c.Param("id"))
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, "load") // want `^span\.SetStatus comes after span\.End on line 20, so it is lost$`
		c.AbortWithStatus(404)
		return
	}
	c.String(200, value)
}

func echoHandler(c echo.Context) error {
	ctx, span := tracer.Start(c.Request().Context(), "echo")
	err := work.Save(ctx, c.Param("value"))
	span.End()
	if err != nil {
		span.RecordError(err) // want `^span\.RecordError comes after span\.End on line 32, so it is lost$`
		return echo.ErrBadRequest
	}
	return c.NoContent(204)
}

type health struct {
	grpc_health_v1.UnimplementedHealthServer
}

func (health) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	ctx, span := tracer.Start(ctx, "check")
	_, err := work.Load(ctx, req.GetService())
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after span\.End on line 47, so it is lost$`
		return nil, err
	}
	return &grpc_health_v1.HealthCheckResponse{}, nil
}

// Two names for one span.
func alias(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	s := span
	err := work.Save(ctx, value)
	s.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after \w+\.End on line 60, so it is lost$`
	}
	return err
}

// The end through a method value.
func methodValue(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	end := span.End
	err := work.Save(ctx, value)
	end()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after .* on line \d+, so it is lost$`
	}
	return err
}

// The end in a closure that is called by hand.
func closure(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	finish := func() {
		span.AddEvent("saved")
		span.End()
	}
	err := work.Save(ctx, value)
	finish()
	span.SetAttributes(attribute.Bool("failed", err != nil)) // want `^span\.SetAttributes comes after .* on line \d+, so it is lost$`
	return err
}

// Both in a deferred closure, in the wrong order.
func insideDeferred(ctx context.Context, value string) (err error) {
	ctx, span := tracer.Start(ctx, "save")
	defer func() {
		span.End()
		if err != nil {
			span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after span\.End on line 96, so it is lost$`
		}
	}()
	return work.Save(ctx, value)
}

// Both in a goroutine.
func insideGoroutine(ctx context.Context, value string) {
	ctx, span := tracer.Start(context.WithoutCancel(ctx), "save")
	go func() {
		err := work.Save(ctx, value)
		span.End()
		if err != nil {
			span.RecordError(err) // want `^span\.RecordError comes after span\.End on line 109, so it is lost$`
		}
	}()
}

// Both on a span of the caller's: this is an end helper with a fault.
func endAndRecord(span trace.Span, err error) {
	span.End(trace.WithStackTrace(true))
	span.RecordError(err) // want `^span\.RecordError comes after span\.End on line 118, so it is lost$`
}

// A generic function around work of any type.
func traced[T any](ctx context.Context, name string, f func(context.Context) (T, error)) (T, error) {
	ctx, span := tracer.Start(ctx, name)
	value, err := f(ctx)
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want `^span\.SetStatus comes after span\.End on line 126, so it is lost$`
	} else {
		span.SetAttributes(attribute.String("type", fmt.Sprintf("%T", value))) // want `^span\.SetAttributes comes after span\.End on line 126, so it is lost$`
	}
	return value, err
}

// operation is a span with a name: its methods are those of the span.
type operation struct {
	trace.Span
	name string
}

func embedded(ctx context.Context, value string) error {
	ctx, span := tracer.Start(ctx, "save")
	op := operation{Span: span, name: "save"}
	err := work.Save(ctx, value)
	op.End()
	if err != nil {
		op.SetStatus(codes.Error, op.name) // want `^op\.SetStatus comes after op\.End on line 145, so it is lost$`
	}
	return err
}

// In each turn of a loop.
func everyTurn(ctx context.Context, ids []string) {
	for _, id := range ids {
		itemCtx, span := tracer.Start(ctx, "item")
		value, err := work.Load(itemCtx, id)
		span.End()
		if err != nil {
			continue
		}
		span.AddEvent(value) // want `^span\.AddEvent comes after span\.End on line 157, so it is lost$`
	}
}

// After a jump.
func jump(ctx context.Context, id string) error {
	ctx, span := tracer.Start(ctx, "load")
	_, err := work.Load(ctx, id)
	if err == nil {
		goto done
	}
	span.AddEvent("failed")
done:
	span.End()
	span.SetAttributes(attribute.Bool("ok", err == nil)) // want `^span\.SetAttributes comes after span\.End on line 174, so it is lost$`
	return err
}

// In one arm of a select.
func selected(ctx context.Context, results <-chan string) {
	ctx, span := tracer.Start(ctx, "wait")
	select {
	case r := <-results:
		span.End()
		span.SetAttributes(attribute.String("result", r)) // want `^span\.SetAttributes comes after span\.End on line 184, so it is lost$`
	case <-ctx.Done():
		span.SetStatus(codes.Error, ctx.Err().Error())
		span.End()
	}
}

// After a type switch that ends it in both ways out.
func typeSwitched(ctx context.Context, v any) {
	_, span := tracer.Start(ctx, "switch")
	switch v := v.(type) {
	case string:
		span.AddEvent(v)
		span.End()
	default:
		span.End()
	}
	span.SetName("switched") // want `^span\.SetName comes after span\.End on line \d+, so it is lost$`
}
