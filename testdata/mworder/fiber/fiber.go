// Package fiber has fiber apps whose order of registration is wrong: fiber
// runs what matches in the order of registration.
package fiber

import (
	"log/slog"

	"github.com/gofiber/contrib/otelfiber/v2"
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
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

// guard starts a span.
func guard(c *fiberv2.Ctx) error {
	_, span := tracer.Start(c.UserContext(), "guard")
	denied := c.Get("Authorization") == ""
	span.End()
	if denied {
		return fiberv2.ErrUnauthorized
	}
	return c.Next()
}

// guard3 asks the database.
func (a *api) guard3(c fiber.Ctx) error {
	if _, err := a.store.UserOf(c.Context(), c.Get("Authorization")); err != nil {
		return fiber.ErrUnauthorized
	}
	return c.Next()
}

// accessLog logs with the context.
func accessLog(c *fiberv2.Ctx) error {
	err := c.Next()
	slog.InfoContext(c.UserContext(), "request", "path", c.Path())
	return err
}

// traced3 is tracing by hand for fiber v3.
func traced3(service string) fiber.Handler {
	server := otel.Tracer(service)
	return func(c fiber.Ctx) error {
		ctx, span := server.Start(c.Context(), c.Method(), trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		c.SetContext(ctx)
		return c.Next()
	}
}

// Late registers a route before tracing.
func Late(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Get("/orders", a.list)
	app.Use(otelfiber.Middleware()) // want `^tracing is registered after GET /orders on line 80, whose requests get no server span$`
	app.Post("/orders", a.list)
	return app
}

// LateInGroup has the route in a group before tracing.
func LateInGroup(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Use(recover.New()) // want `recovery runs outside tracing`
	v1 := app.Group("/v1")
	v1.Get("/orders", a.list)
	app.Use(otelfiber.Middleware()) // want `tracing is registered after GET (/v1)?/orders on line 91, whose requests get no server span`
	return app
}

// LateOfGroup registers the group's tracing after its route.
func LateOfGroup(a *api) *fiberv2.App {
	app := fiberv2.New()
	v1 := app.Group("/v1")
	v1.Get("/orders", a.list)
	v1.Use(otelfiber.Middleware()) // want `tracing is registered after GET (/v1)?/orders on line 100, whose requests get no server span`
	return app
}

// Late3 is fiber v3 with tracing by hand.
func Late3(a *api) *fiber.App {
	app := fiber.New()
	app.Get("/orders", a.list3)
	app.Use(traced3("shop")) // want `tracing is registered after GET /orders on line 108, whose requests get no server span`
	return app
}

// GuardFirst runs guard before tracing.
func GuardFirst(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Use(guard) // want `^guard runs before tracing, which is registered on line 117, so its spans are in a trace of their own$`
	app.Use(otelfiber.Middleware())
	app.Get("/orders", a.list)
	return app
}

// LogFirst logs outside.
func LogFirst(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Use(accessLog, otelfiber.Middleware()) // want `accessLog runs before tracing, which is registered on line 125, so `
	app.Get("/orders", a.list)
	return app
}

// GuardFirst3 asks the database before tracing.
func GuardFirst3(a *api) *fiber.App {
	app := fiber.New()
	app.Use(a.guard3) // want `guard3 runs before tracing, which is registered on line 134, so what it calls is not in the request's trace`
	app.Use(traced3("shop"))
	app.Get("/orders", a.list3)
	return app
}

// Twice has it on the app and on the group.
func Twice(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Use(otelfiber.Middleware())
	v1 := app.Group("/v1", otelfiber.Middleware()) // want `tracing is registered twice, first on line 142, so each request has two server spans`
	v1.Get("/orders", a.list)
	return app
}

// RouteOrder has guard before tracing in the list of the route.
func RouteOrder(a *api) *fiberv2.App {
	app := fiberv2.New()
	app.Get("/orders", guard, otelfiber.Middleware(), a.list) // want `tracing comes after guard in the handlers of GET /orders, so its spans have no parent`
	return app
}
