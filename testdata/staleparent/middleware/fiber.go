package middleware

import (
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
)

// Fiber is for fiber v3.
func Fiber(c fiber.Ctx) error {
	ctx, span := tracer.Start(c.Context(), "fiber") // want `ctx is not put on the request before c\.Next\(\), so the handler's spans are not under span`
	defer span.End()
	if _, err := authorize(ctx, c.Get("Authorization")); err != nil {
		return fiber.ErrUnauthorized
	}
	return c.Next()
}

// Fiber2 is for fiber v2.
func Fiber2(header string) fiberv2.Handler {
	return func(c *fiberv2.Ctx) error {
		ctx, span := tracer.Start(c.UserContext(), "fiber2") // want `ctx is not put on the request before c\.Next\(\), so the handler's spans are not under span`
		defer span.End()
		if _, err := authorize(ctx, c.Get(header)); err != nil {
			return c.SendStatus(fiberv2.StatusUnauthorized)
		}
		err := c.Next()
		if err != nil {
			span.RecordError(err)
		}
		return err
	}
}
