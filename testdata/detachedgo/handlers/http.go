package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	"github.com/labstack/echo/v4"
	echo5 "github.com/labstack/echo/v5"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

var tracer = otel.Tracer("handlers")

// ServeHTTP answers before the goroutine has done its work.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o := work.Order{ID: r.PathValue("id")}
	go func() { // want `the goroutine works on r\.Context\(\), which is cancelled when the handler .*ServeHTTP returns`
		a.svc.Record(r.Context(), o)
	}()
	w.WriteHeader(http.StatusAccepted)
}

// Started has a span of the handler's and gives it to the goroutine.
func (a *API) Started(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Started")
	defer span.End()
	o := work.Order{ID: r.PathValue("id")}
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Started returns`
		if err := a.svc.Confirm(ctx, o); err != nil {
			a.svc.Record(ctx, o)
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

// Root works on a root that was made before the goroutine.
func (a *API) Root(w http.ResponseWriter, r *http.Request) {
	bg := context.Background()
	o := work.Order{ID: r.PathValue("id")}
	go a.svc.Record(bg, o) // want `the goroutine works on (bg|context.Background\(\)), so`
	w.WriteHeader(http.StatusAccepted)
}

// Chi is a handler of chi's.
func (a *API) Chi(r chi.Router) {
	r.Post("/orders/{id}", func(w http.ResponseWriter, req *http.Request) {
		id := chi.URLParam(req, "id")
		go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			a.svc.Record(ctx, work.Order{ID: id})
		}()
		w.WriteHeader(http.StatusAccepted)
	})
}

// Middleware records what was asked for, past the handler.
func (a *API) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		ctx := r.Context()
		path := r.URL.Path
		go a.audit.Write(ctx, "somebody", path) // want `the goroutine works on ctx, which is cancelled when the handler`
	})
}

// Echo reads echo's context in the goroutine.
func (a *API) Echo(c echo.Context) error {
	go func() { // want `the goroutine uses c after the handler .*Echo returned`
		a.svc.Record(c.Request().Context(), work.Order{ID: c.Param("id")})
	}()
	return c.NoContent(http.StatusAccepted)
}

// EchoRoot has what it needs, and a root.
func (a *API) EchoRoot(c echo.Context) error {
	id := c.Param("id")
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		_ = spans.Mail(context.Background(), id, "hello")
	}()
	return c.NoContent(http.StatusAccepted)
}

// Echo5 has the request's context in a local.
func (a *API) Echo5(c *echo5.Context) error {
	ctx := c.Request().Context()
	id := c.Param("id")
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Echo5 returns`
		_ = spans.Mail(ctx, id, "hello")
	}()
	return c.NoContent(http.StatusAccepted)
}

// Fiber reads fiber's context in the goroutine.
func (a *API) Fiber(c fiber.Ctx) error {
	go func() { // want `the goroutine uses c after the handler .*Fiber returned`
		a.svc.Record(c.Context(), work.Order{ID: c.Params("id")})
	}()
	return c.SendStatus(fiber.StatusAccepted)
}

// Fiber2 does so in fiber v2.
func (a *API) Fiber2(c *fiberv2.Ctx) error {
	go func() { // want `the goroutine uses c after the handler .*Fiber2 returned`
		a.svc.Record(c.UserContext(), work.Order{ID: c.Params("id")})
	}()
	return c.SendStatus(fiberv2.StatusAccepted)
}

// Fiber2Root starts on a root.
func (a *API) Fiber2Root(c *fiberv2.Ctx) error {
	o := work.Order{ID: c.Params("id")}
	go a.svc.Record(context.Background(), o) // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
	return c.SendStatus(fiberv2.StatusAccepted)
}
