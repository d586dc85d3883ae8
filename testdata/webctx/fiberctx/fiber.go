// Package fiberctx uses the contexts of fiber that do not carry the span: in v2
// that of fasthttp, in v3 that of fiber itself.
package fiberctx

import (
	"context"
	"net/http"
	"time"

	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	"go.opentelemetry.io/otel"
	"gorm.io/gorm"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

var tracer = otel.Tracer("fiberctx")

// API has the handlers.
type API struct {
	users *backend.Users
	db    *gorm.DB
}

// V2 passes fasthttp's context.
func (a *API) V2(c *fiberv2.Ctx) error {
	u, err := a.users.Find(c.Context(), c.Params("id")) // want `^c\.Context\(\) is used as a context, in which the request's span is not found$`
	if err != nil {
		return fiberv2.ErrNotFound
	}
	return c.JSON(u)
}

// V2Start starts a span from it.
func (a *API) V2Start(c *fiberv2.Ctx) error {
	ctx, span := tracer.Start(c.Context(), "V2Start") // want `^c\.Context\(\) is used as a context, in which the request's span is not found$`
	defer span.End()
	_, err := a.users.Find(ctx, c.Params("id"))
	return err
}

// V2Gorm makes a session from it.
func (a *API) V2Gorm(c *fiberv2.Ctx) error {
	var u backend.User
	return a.db.WithContext(c.Context()).First(&u).Error // want `^c\.Context\(\) is used as a context, in which the request's span is not found$`
}

// V2Timeout derives a deadline.
func (a *API) V2Timeout(c *fiberv2.Ctx) error {
	ctx, cancel := context.WithTimeout(c.Context(), time.Second) // want `^c\.Context\(\) is used as a context, in which the request's span is not found$`
	defer cancel()
	_, err := a.users.Find(ctx, "timeout")
	return err
}

// V2Variable declares a variable of the interface's type.
func (a *API) V2Variable() fiberv2.Handler {
	return func(fc *fiberv2.Ctx) error {
		var ctx context.Context = fc.Context() // want `^fc\.Context\(\) is used as a context, in which the request's span is not found$`
		_, err := a.users.Find(ctx, "variable")
		return err
	}
}

// V3 passes fiber's own.
func (a *API) V3(c fiber.Ctx) error {
	u, err := a.users.Find(c, c.Params("id")) // want `^c is used as a context, in which the request's span is not found$`
	if err != nil {
		return fiber.ErrNotFound
	}
	return c.JSON(u)
}

// V3Start starts a span from it.
func (a *API) V3Start(ctx fiber.Ctx) error {
	sctx, span := tracer.Start(ctx, "V3Start") // want `^ctx is used as a context, in which the request's span is not found$`
	defer span.End()
	_, err := a.users.Find(sctx, ctx.Params("id"))
	return err
}

// V3Request makes a request that carries it.
func (a *API) V3Request(c fiber.Ctx) error {
	req, err := http.NewRequestWithContext(c, http.MethodGet, "http://users/", nil) // want `^c is used as a context, in which the request's span is not found$`
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// V3Fasthttp passes fasthttp's.
func (a *API) V3Fasthttp(c fiber.Ctx) error {
	_, err := a.users.Find(c.RequestCtx(), "fasthttp") // want `^c\.RequestCtx\(\) is used as a context, in which the request's span is not found$`
	return err
}

// V3Field puts it into a struct.
func (a *API) V3Field(c fiber.Ctx) error {
	return backend.Do(backend.Params{Ctx: c, ID: "v3"}) // want `^c is used as a context, in which the request's span is not found$`
}
