package real

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/contrib/otelfiber/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"
)

func listGin(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), "list")
	defer span.End()
	c.Status(http.StatusOK)
}

func listEcho(c echo.Context) error {
	_, span := tracer.Start(c.Request().Context(), "list")
	defer span.End()
	return c.NoContent(http.StatusOK)
}

func listFiber(c *fiber.Ctx) error {
	_, span := tracer.Start(c.UserContext(), "list")
	defer span.End()
	return c.SendStatus(http.StatusOK)
}

// api has its engine in a field.
type api struct {
	engine *gin.Engine
	admin  *gin.RouterGroup
}

func (a *api) middlewares() {
	a.engine.Use(gin.Recovery(), otelgin.Middleware("api"), gin.Logger()) // want `recovery runs outside tracing`
}

func (a *api) routes() {
	a.engine.GET("/orders", listGin)
	a.admin = a.engine.Group("/admin")
	a.admin.GET("/orders", listGin)
}

// NewAPI registers in the right order, in methods.
func NewAPI() *api {
	a := &api{engine: gin.New()}
	a.engine.GET("/healthz", func(c *gin.Context) { c.Status(http.StatusOK) })
	a.middlewares()
	a.routes()
	return a
}

// Metrics has other servers' routes before tracing: they do no traced work.
func Metrics(metrics http.Handler) *gin.Engine {
	r := gin.New()
	r.GET("/metrics", gin.WrapH(metrics))
	r.GET("/version", func(c *gin.Context) { c.String(http.StatusOK, "v1") })
	r.Static("/static", "./static")
	r.Use(otelgin.Middleware("api"))
	r.GET("/orders", listGin)
	return r
}

// TwoEngines has tracing on one and routes on the other before it.
func TwoEngines() (public, internal *gin.Engine) {
	internal = gin.New()
	internal.GET("/debug/orders", func(c *gin.Context) { c.Status(http.StatusOK) })
	public = gin.New()
	public.Use(otelgin.Middleware("api"))
	public.GET("/orders", listGin)
	return public, internal
}

// GroupsBeside has tracing on each of two groups.
func GroupsBeside() *gin.Engine {
	r := gin.New()
	v1 := r.Group("/v1", otelgin.Middleware("v1"))
	v1.GET("/orders", listGin)
	v2 := r.Group("/v2")
	v2.Use(otelgin.Middleware("v2"))
	v2.GET("/orders", listGin)
	return r
}

// Either traces in one of two branches.
func Either(old bool) *gin.Engine {
	r := gin.New()
	if old {
		r.GET("/orders", listGin)
	} else {
		r.Use(otelgin.Middleware("api"))
		r.GET("/orders", listGin)
	}
	return r
}

// Leaves registers a route in a branch that tracing is never come to from.
func Leaves(bare bool) *gin.Engine {
	r := gin.New()
	if bare {
		r.GET("/orders", listGin)
		return r
	}
	r.Use(otelgin.Middleware("api"))
	r.GET("/orders", listGin)
	return r
}

// Dispatch registers on echo's root after the routes.
func Dispatch() *echo.Echo {
	e := echo.New()
	e.GET("/orders", listEcho)
	e.Group("/admin").GET("/orders", listEcho)
	e.Use(otelecho.Middleware("api"))
	return e
}

// Stack has on fiber's stack what needs no span.
func Stack() *fiber.App {
	app := fiber.New()
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendStatus(http.StatusOK) })
	v1 := app.Group("/v1")
	app.Use(otelfiber.Middleware())
	v1.Get("/orders", listFiber) // the group is older, its route is not
	return app
}

// Prefix traces one part of the paths.
func Prefix() *fiber.App {
	app := fiber.New()
	app.Get("/public/orders", listFiber)
	app.Use("/private", otelfiber.Middleware())
	app.Get("/private/orders", listFiber)
	return app
}

// checks is an interceptor that starts a span, inside of the stats handler.
func checks(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	ctx, span := tracer.Start(ctx, "checks")
	defer span.End()
	return handler(ctx, req)
}

// options appends in any order.
func options() []grpc.ServerOption {
	opts := []grpc.ServerOption{grpc.ChainUnaryInterceptor(checks)}
	return append(opts, grpc.StatsHandler(otelgrpc.NewServerHandler()))
}

// Server is made from options.
func Server(more ...grpc.ServerOption) *grpc.Server {
	return grpc.NewServer(append(options(), more...)...)
}
