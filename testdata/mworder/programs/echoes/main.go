// The program sets up echo and fiber by functions.
package main

import (
	"log"
	"net/http"

	"github.com/gofiber/contrib/otelfiber/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

type app struct {
	store *backend.Store
}

func (a *app) list(c echo.Context) error {
	_, err := a.store.Orders(c.Request().Context())
	return err
}

func (a *app) fiberList(c *fiber.Ctx) error {
	_, err := a.store.Orders(c.UserContext())
	return err
}

func (a *app) session(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, span := otel.Tracer("app").Start(c.Request().Context(), "session")
		_, err := a.store.UserOf(ctx, c.Request().Header.Get("Cookie"))
		span.End()
		if err != nil {
			return echo.NewHTTPError(http.StatusUnauthorized)
		}
		return next(c)
	}
}

func (a *app) sessions(e *echo.Echo) { e.Use(a.session) }

func trace(e *echo.Echo) { e.Use(otelecho.Middleware("shop")) }

func (a *app) routes(g *echo.Group) { g.GET("/orders", a.list) }

// swapped has the sessions before tracing.
func (a *app) swapped() *echo.Echo {
	e := echo.New()
	a.sessions(e) // want `runs before tracing, which is registered on line 54, so its spans are in a trace of their own`
	trace(e)
	a.routes(e.Group("/api"))
	return e
}

// lateGroup has the group's routes before the group's tracing.
func (a *app) lateGroup() *echo.Echo {
	e := echo.New()
	g := e.Group("/api")
	a.routes(g)
	g.Use(otelecho.Middleware("api")) // want `tracing is registered after the routes of \S*routes on line 63, whose requests get no server span`
	return e
}

// around has a layer of each library.
func (a *app) around() http.Handler {
	e := echo.New()
	trace(e)
	a.routes(e.Group("/api"))
	return otelhttp.NewHandler(e, "server") // want `tracing is registered twice, first on line 71, so each request has two server spans`
}

func (a *app) fiberRoutes(r fiber.Router) { r.Get("/orders", a.fiberList) }

// fiberLate has the routes before tracing.
func (a *app) fiberLate() *fiber.App {
	f := fiber.New()
	a.fiberRoutes(f.Group("/api"))
	f.Use(otelfiber.Middleware()) // want `tracing is registered after .* on line 81, whose requests get no server span`
	return f
}

// late is right: echo's engine may be traced last.
func (a *app) late() *echo.Echo {
	e := echo.New()
	a.routes(e.Group("/api"))
	trace(e)
	return e
}

// ordered is right.
func (a *app) ordered() *echo.Echo {
	e := echo.New()
	trace(e)
	a.sessions(e)
	a.routes(e.Group("/api"))
	return e
}

// fiberEarly is right: the group is made early, its routes come late.
func (a *app) fiberEarly() *fiber.App {
	f := fiber.New()
	g := f.Group("/api")
	f.Use(otelfiber.Middleware())
	a.fiberRoutes(g)
	return f
}

func main() {
	a := &app{store: backend.NewStore(nil)}
	mux := http.NewServeMux()
	mux.Handle("/1/", a.swapped())
	mux.Handle("/2/", a.lateGroup())
	mux.Handle("/3/", a.around())
	mux.Handle("/4/", a.late())
	mux.Handle("/5/", a.ordered())
	go func() { log.Println(a.fiberLate().Listen(":8081")) }()
	go func() { log.Println(a.fiberEarly().Listen(":8082")) }()
	log.Fatal(http.ListenAndServe(":8080", mux))
}
