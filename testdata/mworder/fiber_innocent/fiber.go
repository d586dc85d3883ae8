// Package fiber_innocent has fiber apps that are rightly ordered.
package fiber_innocent

import (
	"github.com/gofiber/contrib/otelfiber/v2"
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
	"github.com/gofiber/fiber/v2/middleware/logger"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/gofiber/fiber/v2/middleware/requestid"
	"github.com/gofiber/fiber/v3"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

var tracer = otel.Tracer("fiber")

type api struct {
	store *backend.Store
}

func (a *api) list(c *fiberv2.Ctx) error {
	orders, err := a.store.Orders(c.UserContext())
	if err != nil {
		return err
	}
	return c.JSON(orders)
}

func (a *api) list3(c fiber.Ctx) error {
	orders, err := a.store.Orders(c.Context())
	if err != nil {
		return err
	}
	return c.JSON(orders)
}

func guard(c *fiberv2.Ctx) error {
	_, span := tracer.Start(c.UserContext(), "guard")
	defer span.End()
	return c.Next()
}

func traced3(c fiber.Ctx) error {
	ctx, span := tracer.Start(c.Context(), c.Method(), trace.WithSpanKind(trace.SpanKindServer))
	defer span.End()
	c.SetContext(ctx)
	return c.Next()
}

// First has the harmless outside and guard inside.
func First(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Use(recover.New(), requestid.New(), logger.New(), cors.New()) // want `recovery runs outside tracing`
	app.Use(otelfiber.Middleware())
	app.Use(guard)
	app.Get("/orders", a.list)
	return app
}

// GroupBefore makes the group before tracing: unlike gin, fiber copies no
// chain into it, so the routes that come later are covered.
func GroupBefore(a *api) *fiberv2.App {
	app := fiberv2.New()
	v1 := app.Group("/v1")
	app.Use(otelfiber.Middleware())
	v1.Get("/orders", a.list)
	return app
}

// GroupBefore3 is the same in fiber v3.
func GroupBefore3(a *api) *fiber.App {
	app := fiber.New()
	v1 := app.Group("/v1")
	app.Use(traced3)
	v1.Get("/orders", a.list3)
	return app
}

// Probes leaves routes that only reply untraced.
func Probes(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Get("/livez", func(c *fiberv2.Ctx) error { return c.SendString("ok") })
	app.Static("/assets", "./public")
	app.Use(otelfiber.Middleware())
	app.Get("/orders", a.list)
	return app
}

// OtherPrefix has tracing for one prefix, which the route before it is not
// under: no order would cover it.
func OtherPrefix(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Get("/internal/orders", a.list)
	app.Use("/api", otelfiber.Middleware())
	app.Get("/api/orders", a.list)
	return app
}

// OwnTracing is a route with tracing of its own.
func OwnTracing(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Get("/export", otelfiber.Middleware(), a.list)
	app.Use(otelfiber.Middleware())
	app.Get("/orders", a.list)
	return app
}

// TwoPrefixes has tracing for two prefixes.
func TwoPrefixes(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Use("/v1", otelfiber.Middleware())
	app.Use("/v2", otelfiber.Middleware(), guard)
	app.Get("/v1/orders", a.list)
	app.Get("/v2/orders", a.list)
	return app
}

// First3 is the order for v3.
func First3(a *api) *fiber.App {
	app := fiber.New()
	app.Use(traced3)
	v1 := app.Group("/v1")
	v1.Get("/orders", a.list3)
	return app
}

// logged3 reads the trace's id after the handler.
func logged3(c fiber.Ctx) error {
	err := c.Next()
	c.Set("X-Trace-Id", trace.SpanContextFromContext(c.Context()).TraceID().String())
	return err
}

// LoggedOutside3 finds it: traced3 leaves its context in place.
func LoggedOutside3(a *api) *fiber.App {
	app := fiber.New()
	app.Use(logged3, traced3)
	app.Get("/orders", a.list3)
	return app
}
