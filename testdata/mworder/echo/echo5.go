package echo

import (
	"net/http"

	"github.com/labstack/echo-opentelemetry"
	echo5 "github.com/labstack/echo/v5"
	mw5 "github.com/labstack/echo/v5/middleware"
)

func (a *api) list5(c *echo5.Context) error {
	orders, err := a.store.Orders(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, orders)
}

// guard5 asks the database who it is.
func (a *api) guard5(next echo5.HandlerFunc) echo5.HandlerFunc {
	return func(c *echo5.Context) error {
		if _, err := a.store.UserOf(c.Request().Context(), c.QueryParam("token")); err != nil {
			return echo5.ErrUnauthorized
		}
		return next(c)
	}
}

// Guard5First runs guard5 before tracing.
func Guard5First(a *api) *echo5.Echo {
	e := echo5.New()
	e.Use(mw5.Recover(), a.guard5) // want `guard5 runs before tracing, which is registered on line 33, so what it calls is not in the request's trace` `recovery runs outside tracing`
	e.Use(echootel.NewMiddleware("shop"))
	e.GET("/orders", a.list5)
	return e
}

// Pre5 uses Pre.
func Pre5(a *api) *echo5.Echo {
	e := echo5.New()
	e.Pre(mw5.RemoveTrailingSlash(), a.guard5) // want `guard5 runs before tracing, which is registered on line 42, so what it calls`
	e.Use(echootel.NewMiddleware("shop"))
	e.GET("/orders", a.list5)
	return e
}

// Group5Late registers the group's tracing after its route.
func Group5Late(a *api) *echo5.Echo {
	e := echo5.New()
	g := e.Group("/api")
	g.GET("/orders", a.list5)
	g.Use(echootel.NewMiddleware("shop")) // want `tracing is registered after GET (/api)?/orders on line 51, whose requests get no server span`
	return e
}

// Twice5 registers it twice.
func Twice5(a *api) *echo5.Echo {
	e := echo5.New()
	e.Use(echootel.NewMiddleware("shop"))
	e.Use(mw5.CORS("*"))
	e.Use(echootel.NewMiddleware("shop")) // want `tracing is registered twice, first on line 59, so each request has two server spans`
	e.GET("/orders", a.list5)
	return e
}
