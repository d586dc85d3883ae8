package echo_innocent

import (
	"github.com/labstack/echo/v4"
	emw "github.com/labstack/echo/v4/middleware"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
)

// EngineAfterRoutes registers tracing after the routes, which echo does not mind.
func EngineAfterRoutes(a *api, cors bool) *echo.Echo {
	e := echo.New()
	e.GET("/orders", a.list)
	if cors {
		e.Use(emw.CORS())
	}
	e.Use(otelecho.Middleware("shop"))
	return e
}

// EarlyReturn has routes of a group without tracing only in the case that returns.
func EarlyReturn(a *api, bare bool) *echo.Echo {
	e := echo.New()
	g := e.Group("/api")
	if bare {
		g.GET("/orders", a.list)
		return e
	}
	g.Use(otelecho.Middleware("shop"))
	g.GET("/orders", a.list)
	return e
}

// GuardOfRoute puts what needs the span on the route, which runs after the group's.
func GuardOfRoute(a *api) *echo.Echo {
	e := echo.New()
	g := e.Group("/api", otelecho.Middleware("shop"))
	g.GET("/orders", a.list, a.guard)
	return e
}

// Skipped has a tracing middleware that leaves out some paths.
func Skipped(a *api) *echo.Echo {
	e := echo.New()
	e.Use(otelecho.Middleware("shop", otelecho.WithSkipper(func(c echo.Context) bool { return c.Path() == "/live" })))
	e.Use(a.guard)
	e.GET("/live", a.list)
	return e
}
