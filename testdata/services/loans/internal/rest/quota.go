package rest

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v5"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/loans/internal/telemetry"
)

// quota turns away those who ask for too much at once.
func quota(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		ctx, span := telemetry.Start(c.Request().Context(), "rest.quota", attribute.String("http.method", c.Request().Method))
		defer span.End()
		if !modest(ctx, c.Request().ContentLength) {
			return echo.NewHTTPError(http.StatusRequestEntityTooLarge, "too many books")
		}
		return next(c)
	}
}

func modest(ctx context.Context, size int64) bool {
	trace.SpanFromContext(ctx).SetAttributes(attribute.Int64("quota.size", size))
	return size < 4096
}
