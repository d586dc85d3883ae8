package middleware

import (
	"github.com/labstack/echo/v4"
	echo5 "github.com/labstack/echo/v5"
)

// Echo calls next with the request that came.
func Echo(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, span := tracer.Start(c.Request().Context(), "auth") // want `ctx is not put on the request before next`
		defer span.End()
		if _, err := authorize(ctx, c.QueryParam("t")); err != nil {
			return echo.ErrUnauthorized
		}
		return next(c)
	}
}

// EchoConfigured has options around.
func EchoConfigured(skip func(echo.Context) bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) (err error) {
			if skip(c) {
				return next(c)
			}
			ctx, span := tracer.Start(c.Request().Context(), c.Path()) // want `ctx is not put on the request before next`
			user, err := authorize(ctx, c.Request().Header.Get("Authorization"))
			if err != nil {
				span.End()
				return err
			}
			c.Set("user", user)
			err = next(c)
			span.End()
			return err
		}
	}
}

// Echo5 is for echo v5.
func Echo5(next echo5.HandlerFunc) echo5.HandlerFunc {
	return func(c *echo5.Context) error {
		ctx, span := tracer.Start(c.Request().Context(), "auth5") // want `ctx is not put on the request before next`
		defer span.End()
		if _, err := authorize(ctx, c.QueryParam("t")); err != nil {
			return err
		}
		return next(c)
	}
}
