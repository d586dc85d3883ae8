// Package echo has echo servers whose order of registration is wrong.
package echo

import (
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"
	emw "github.com/labstack/echo/v4/middleware"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

var tracer = otel.Tracer("echo")

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

// guard starts a span.
func (a *api) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, span := tracer.Start(c.Request().Context(), "guard")
		_, err := a.store.UserOf(ctx, c.Request().Header.Get("Authorization"))
		span.End()
		if err != nil {
			return echo.ErrUnauthorized
		}
		return next(c)
	}
}

// accessLog logs with the context after the handler.
func accessLog(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		slog.InfoContext(c.Request().Context(), "request", "status", c.Response().Status)
		return err
	}
}

// traceHeader reads the trace's id after the handler.
func traceHeader(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if sc := trace.SpanContextFromContext(c.Request().Context()); sc.HasTraceID() {
			c.Response().Header().Set("X-Trace-Id", sc.TraceID().String())
		}
		return err
	}
}

// serverSpan is tracing by hand.
func serverSpan(name string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			req := c.Request()
			ctx := otel.GetTextMapPropagator().Extract(req.Context(), propagation.HeaderCarrier(req.Header))
			ctx, span := tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindServer))
			defer span.End()
			c.SetRequest(req.WithContext(ctx))
			return next(c)
		}
	}
}

// GuardFirst runs guard before tracing.
func GuardFirst(a *api) *echo.Echo {
	e := echo.New()
	e.Use(emw.Recover()) // want `recovery runs outside tracing`
	e.Use(a.guard)       // want `^\S*guard runs before tracing, which is registered on line 85, so its spans are in a trace of their own$`
	e.Use(otelecho.Middleware("shop"))
	e.GET("/orders", a.list)
	return e
}

// LogFirst has the log before tracing in one list.
func LogFirst(a *api) *echo.Echo {
	e := echo.New()
	e.Use(emw.RequestID(), accessLog, otelecho.Middleware("shop")) // want `accessLog runs before tracing, which is registered on line 93, so `
	e.GET("/orders", a.list)
	return e
}

// PreIsBefore registers guard after tracing, but with Pre, which echo always
// runs before Use.
func PreIsBefore(a *api) *echo.Echo {
	e := echo.New()
	e.Use(otelecho.Middleware("shop"))
	e.Pre(a.guard) // want `guard runs before tracing, which is registered on line 102, so its spans are in a trace of their own`
	e.GET("/orders", a.list)
	return e
}

// GroupTraced has tracing on the group; the engine's guard is always before.
func GroupTraced(a *api) *echo.Echo {
	e := echo.New()
	e.Use(a.guard) // want `guard runs before tracing, which is registered on line 113, so its spans are in a trace of their own`
	g := e.Group("/api")
	g.Use(otelecho.Middleware("shop"))
	g.GET("/orders", a.list)
	return e
}

// GroupArguments gives the group both when it is made.
func GroupArguments(a *api) *echo.Echo {
	e := echo.New()
	g := e.Group("/api", a.guard, otelecho.Middleware("shop")) // want `guard runs before tracing, which is registered on line 121, so its spans`
	g.GET("/orders", a.list)
	return e
}

// ByHand has tracing of its own, in the wrong place.
func ByHand(a *api) *echo.Echo {
	e := echo.New()
	e.Use(a.guard) // want `guard runs before tracing, which is registered on line 130, so its spans`
	e.Use(serverSpan("shop"))
	e.GET("/orders", a.list)
	return e
}

// Adapted uses otelhttp's middleware by an adapter.
func Adapted(a *api) *echo.Echo {
	e := echo.New()
	e.Use(a.guard) // want `guard runs before tracing, which is registered on line 139, so its spans`
	e.Use(echo.WrapMiddleware(otelhttp.NewMiddleware("shop")))
	e.GET("/orders", a.list)
	return e
}

// GroupLate registers the group's tracing after a route of the group: that is
// copied into the route, unlike the engine's.
func GroupLate(a *api) *echo.Echo {
	e := echo.New()
	g := e.Group("/api")
	g.GET("/orders", a.list)
	g.Use(otelecho.Middleware("shop")) // want `tracing is registered after GET (/api)?/orders on line 149, whose requests get no server span`
	g.POST("/orders", a.list)
	return e
}

// InnerGroup makes a group of the group before the outer one traces.
func InnerGroup(a *api) *echo.Echo {
	e := echo.New()
	g := e.Group("/api")
	orders := g.Group("/orders")
	g.Use(otelecho.Middleware("shop")) // want `tracing is registered after the group (/api)?/orders on line 159, whose requests get no server span`
	orders.GET("", a.list)
	return e
}

// Twice has it on the engine and on the group.
func Twice(a *api) *echo.Echo {
	e := echo.New()
	e.Use(otelecho.Middleware("shop"))
	g := e.Group("/api", otelecho.Middleware("shop-api")) // want `tracing is registered twice, first on line 168, so each request has two server spans`
	g.GET("/orders", a.list)
	return e
}

// Around wraps a server that traces.
func Around(a *api) http.Handler {
	e := echo.New()
	e.Use(otelecho.Middleware("shop"))
	e.GET("/orders", a.list)
	return otelhttp.NewHandler(e, "server") // want `tracing is registered twice, first on line 177, so each request has two server spans`
}

// RouteOrder has echo's per-route list, which runs from left to right.
func RouteOrder(a *api) *echo.Echo {
	e := echo.New()
	e.GET("/orders", a.list, a.guard, otelecho.Middleware("orders")) // want `tracing comes after \S*guard in the handlers of GET /orders, so its spans have no parent`
	return e
}

// HeaderFirst looks for an id where none is: otelecho puts the old request
// back.
func HeaderFirst(a *api) *echo.Echo {
	e := echo.New()
	e.Use(traceHeader) // want `traceHeader runs before tracing, which is registered on line 194, so it finds no trace id`
	e.Use(otelecho.Middleware("shop"))
	e.GET("/orders", a.list)
	return e
}
