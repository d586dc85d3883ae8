// Package echo_innocent has echo servers that are rightly ordered.
package echo_innocent

import (
	"context"
	"net/http"

	"github.com/labstack/echo-opentelemetry"
	"github.com/labstack/echo/v4"
	emw "github.com/labstack/echo/v4/middleware"
	echo5 "github.com/labstack/echo/v5"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

type api struct {
	store *backend.Store
}

func (a *api) list(c echo.Context) error {
	orders, err := a.store.Orders(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, orders)
}

func (a *api) list5(c *echo5.Context) error {
	orders, err := a.store.Orders(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, orders)
}

func (a *api) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, span := otel.Tracer("api").Start(c.Request().Context(), "guard")
		defer span.End()
		if _, err := a.store.UserOf(ctx, c.QueryParam("token")); err != nil {
			return echo.ErrUnauthorized
		}
		return next(c)
	}
}

// UseAfterRoutes works: echo runs the engine's middlewares at dispatch.
func UseAfterRoutes(a *api) *echo.Echo {
	e := echo.New()
	e.GET("/orders", a.list)
	g := e.Group("/api")
	g.GET("/orders", a.list)
	e.Use(otelecho.Middleware("shop"))
	return e
}

// UseAfterRoutes5 works in v5 too.
func UseAfterRoutes5(a *api) *echo5.Echo {
	e := echo5.New()
	e.GET("/orders", a.list5)
	e.Use(echootel.NewMiddleware("shop"))
	return e
}

// NeedsAfter has guard inside.
func NeedsAfter(a *api) *echo.Echo {
	e := echo.New()
	e.Use(emw.Recover(), emw.RequestID(), otelecho.Middleware("shop"), a.guard) // want `recovery runs outside tracing`
	e.GET("/orders", a.list)
	return e
}

// EngineAfterGroup registers the engine's tracing after the group's guard:
// the engine's still run first.
func EngineAfterGroup(a *api) *echo.Echo {
	e := echo.New()
	g := e.Group("/api", a.guard)
	g.GET("/orders", a.list)
	e.Use(otelecho.Middleware("shop"))
	return e
}

// RewritesBefore has middlewares before routing that touch only the URL.
func RewritesBefore(a *api) *echo.Echo {
	e := echo.New()
	e.Pre(emw.RemoveTrailingSlash())
	e.Pre(emw.HTTPSRedirect())
	e.Use(emw.CORS(), emw.Gzip(), emw.Secure())
	e.Use(otelecho.Middleware("shop"))
	e.GET("/orders", a.list)
	return e
}

// TracingPre has tracing in Pre, before everything: the spans have no route,
// but all have their parent.
func TracingPre(a *api) *echo.Echo {
	e := echo.New()
	e.Use(a.guard)
	e.Pre(otelecho.Middleware("shop"))
	e.GET("/orders", a.list)
	return e
}

// GroupFirst has the group's tracing before its routes, and untraced routes
// of the engine.
func GroupFirst(a *api) *echo.Echo {
	e := echo.New()
	e.GET("/internal", a.list)
	g := e.Group("/api")
	g.Use(otelecho.Middleware("shop"))
	g.GET("/orders", a.list, a.guard)
	return e
}

// TwoGroups traces each.
func TwoGroups(a *api) *echo.Echo {
	e := echo.New()
	v1 := e.Group("/v1", otelecho.Middleware("v1"))
	v1.GET("/orders", a.list)
	v2 := e.Group("/v2", otelecho.Middleware("v2"))
	v2.GET("/orders", a.list)
	return e
}

// ClientTransport traces calls, not requests.
func ClientTransport(ctx context.Context, a *api) (*echo.Echo, *http.Client) {
	e := echo.New()
	e.Use(otelecho.Middleware("shop"))
	e.GET("/orders", a.list)
	e.Server.BaseContext = nil
	_ = ctx
	return e, &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
}

// RouteList has tracing first: echo runs the list from left to right, the
// handler stands before it.
func RouteList(a *api) *echo.Echo {
	e := echo.New()
	e.GET("/orders", a.list, otelecho.Middleware("orders"), a.guard)
	e.GET("/export", a.list, otelecho.Middleware("export"))
	return e
}

// traceHeader reads the trace's id after the handler.
func traceHeader(next echo5.HandlerFunc) echo5.HandlerFunc {
	return func(c *echo5.Context) error {
		err := next(c)
		if sc := trace.SpanContextFromContext(c.Request().Context()); sc.HasTraceID() {
			c.Response().Header().Set("X-Trace-Id", sc.TraceID().String())
		}
		return err
	}
}

// HeaderOutside5 finds the id from outside: unlike otelecho, echootel leaves
// its request in place when it returns.
func HeaderOutside5(a *api) *echo5.Echo {
	e := echo5.New()
	e.Use(traceHeader, echootel.NewMiddleware("shop"))
	e.GET("/orders", a.list5)
	return e
}

// logged reads it in echo v4.
func logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		c.Logger().Info(trace.SpanContextFromContext(c.Request().Context()).TraceID())
		return err
	}
}

// LoggedOutsideAdapter finds the id from outside: echo's adapter leaves the
// request of the adapted middleware in place.
func LoggedOutsideAdapter(a *api) *echo.Echo {
	e := echo.New()
	e.Use(logged, echo.WrapMiddleware(otelhttp.NewMiddleware("shop")))
	e.GET("/orders", a.list)
	return e
}
