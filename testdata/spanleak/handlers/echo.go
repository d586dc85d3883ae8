package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel/attribute"
)

// EchoGet returns the error reply with the span open.
func EchoGet(c echo.Context) error {
	ctx, span := tracer.Start(c.Request().Context(), "EchoGet") // want `span is not ended on the path that returns on line 15,`
	it, err := find(ctx, c.Param("id"))
	if err != nil {
		return c.JSON(http.StatusNotFound, map[string]string{"error": err.Error()})
	}
	span.End()
	return c.JSON(http.StatusOK, it)
}

// EchoHTTPError returns an HTTP error of echo's.
func EchoHTTPError(c echo.Context) error {
	ctx, span := tracer.Start(c.Request().Context(), "EchoHTTPError") // want `span is not ended on the path that returns on line 26,`
	var it item
	if err := c.Bind(&it); err != nil {
		return echo.NewHTTPError(http.StatusBadRequest, err.Error())
	}
	err := store(ctx, it)
	span.End()
	return err
}

// EchoMiddleware returns the handler's error before the End.
func EchoMiddleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, span := tracer.Start(c.Request().Context(), "EchoMiddleware") // want `span is not ended on the path that returns on line 40,`
		c.SetRequest(c.Request().WithContext(ctx))
		if err := next(c); err != nil {
			span.RecordError(err)
			return err
		}
		span.SetAttributes(attribute.Int("status", c.Response().Status))
		span.End()
		return nil
	}
}

// EchoMiddlewareRight defers the End.
func EchoMiddlewareRight(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, span := tracer.Start(c.Request().Context(), "EchoMiddlewareRight")
		defer span.End()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}
