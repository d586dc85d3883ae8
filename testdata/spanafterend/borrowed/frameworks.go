package borrowed

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/spanafterend/work"
)

func ginDeferred(c *gin.Context) {
	span := trace.SpanFromContext(c.Request.Context())
	// want +1 `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	defer span.End()
	span.SetAttributes(attribute.String("id", c.Param("id")))
	c.Status(http.StatusNoContent)
}

func ginExplicit(c *gin.Context) {
	ctx := c.Request.Context()
	span := trace.SpanFromContext(ctx)
	if _, err := work.Load(ctx, c.Param("id")); err != nil {
		c.AbortWithStatus(http.StatusNotFound)
		span.RecordError(err)
		// want +1 `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
		span.End()
		return
	}
	c.Status(http.StatusNoContent)
}

type controller struct{ realm string }

func (k *controller) auth(c *gin.Context) {
	defer trace.SpanFromContext(c.Request.Context()).End() // want `\.End ends a span that this function does not own, so what its owner records later is lost$`
	if c.GetHeader("Authorization") == "" {
		c.Header("WWW-Authenticate", "Basic realm="+k.realm)
		c.AbortWithStatus(http.StatusUnauthorized)
		return
	}
	c.Next()
}

// ginMiddleware returns what is registered with Use.
func ginMiddleware(service string) gin.HandlerFunc {
	return func(c *gin.Context) {
		reqSpan := trace.SpanFromContext(c.Request.Context())
		reqSpan.SetAttributes(attribute.String("service", service))
		c.Next()
		if len(c.Errors) > 0 {
			reqSpan.SetStatus(codes.Error, c.Errors.String())
		}
		// want +1 `^reqSpan\.End ends a span that this function does not own, so what its owner records later is lost$`
		reqSpan.End()
	}
}

func ginHelper(c *gin.Context) {
	ctx := c.Request.Context()
	err := work.Save(ctx, c.Param("value"))
	defer finish(ctx, err) // want `ends a span that this function does not own, so what its owner records later is lost$`
	c.Status(http.StatusNoContent)
}

func echoDeferred(c echo.Context) error {
	span := trace.SpanFromContext(c.Request().Context())
	defer span.End() // want `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	span.SetAttributes(attribute.String("id", c.Param("id")))
	return c.NoContent(http.StatusNoContent)
}

type health struct {
	grpc_health_v1.UnimplementedHealthServer
	name string
}

func (h *health) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	span := trace.SpanFromContext(ctx)
	// want +1 `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	defer span.End()
	span.SetAttributes(attribute.String("service", req.GetService()))
	return &grpc_health_v1.HealthCheckResponse{Status: grpc_health_v1.HealthCheckResponse_SERVING}, nil
}

func (h *health) List(ctx context.Context, _ *grpc_health_v1.HealthListRequest) (_ *grpc_health_v1.HealthListResponse, err error) {
	defer func() { finish(ctx, err) }() // want `ends a span that this function does not own, so what its owner records later is lost$`
	if _, err := work.Load(ctx, h.name); err != nil {
		return nil, err
	}
	return &grpc_health_v1.HealthListResponse{}, nil
}

func (h *health) Watch(_ *grpc_health_v1.HealthCheckRequest, stream grpc.ServerStreamingServer[grpc_health_v1.HealthCheckResponse]) error {
	span := trace.SpanFromContext(stream.Context())
	err := stream.Send(&grpc_health_v1.HealthCheckResponse{})
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End() // want `^span\.End ends a span that this function does not own, so what its owner records later is lost$`
	return err
}
