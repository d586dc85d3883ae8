// Package innocent_fiber spells the request's context as each version of fiber
// has it.
package innocent_fiber

import (
	"context"

	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

// V2 asks for the user's context.
func V2(c *fiberv2.Ctx, users *backend.Users) error {
	_, err := users.Find(c.UserContext(), c.Params("id"))
	return err
}

// V3 asks for the context.
func V3(c fiber.Ctx, users *backend.Users) error {
	_, err := users.Find(c.Context(), c.Params("id"))
	return err
}

// V2Fasthttp uses fasthttp's context for what it is.
func V2Fasthttp(c *fiberv2.Ctx) error {
	c.Context().SetUserValue("k", 1)
	return c.SendString(c.Context().RemoteAddr().String())
}

// V3Own uses fiber's context for what it is.
func V3Own(c fiber.Ctx) error {
	render(c)
	return c.SendStatus(c.RequestCtx().Response.StatusCode())
}

func render(c fiber.Ctx) { _ = c.JSON(fiber.Map{"ok": true}) }

func gone(ctx context.Context) bool { return ctx.Err() != nil }

// V3Waits passes it to what does no work.
func V3Waits(c fiber.Ctx) error {
	if gone(c) {
		return fiber.ErrRequestTimeout
	}
	return nil
}

// V2Waits passes fasthttp's to what does no work.
func V2Waits(c *fiberv2.Ctx) error {
	if gone(c.Context()) {
		return fiberv2.ErrRequestTimeout
	}
	return nil
}

func user(ctx context.Context) string {
	id, _ := ctx.Value("user").(string)
	return id
}

// V2Locals reads what Locals wrote: only fasthttp's context has it.
func V2Locals(c *fiberv2.Ctx) error {
	c.Locals("user", c.Get("X-User"))
	return c.SendString(user(c.Context()))
}

// V3Locals reads what Locals wrote: only fiber's context has it.
func V3Locals(c fiber.Ctx) error {
	c.Locals("user", c.Get("X-User"))
	return c.SendString(user(c))
}

// V2Extracts continues the caller's trace: whatever it starts from, the parent of
// the span is in the headers.
func V2Extracts(c *fiberv2.Ctx) error {
	carrier := propagation.MapCarrier{"traceparent": c.Get("traceparent")}
	ctx, span := otel.Tracer("fiber").Start(otel.GetTextMapPropagator().Extract(c.Context(), carrier), c.Method())
	defer span.End()
	c.SetUserContext(ctx)
	return c.Next()
}
