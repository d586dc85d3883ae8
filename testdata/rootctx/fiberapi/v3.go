package fiberapi

import (
	"context"

	fiberv3 "github.com/gofiber/fiber/v3"
)

// Desk serves with fiber v3, where Context is the right one.
type Desk struct{ tickets }

// Post opens a ticket in a trace of its own.
func (d *Desk) Post(c fiberv3.Ctx) error {
	id, err := d.open(context.Background(), c.FormValue("title")) // want `the request's context is at hand: c.Context\(\)`
	if err != nil {
		return err
	}
	return c.JSON(id)
}

// Close returns the handler.
func (d *Desk) Close() fiberv3.Handler {
	return func(rq fiberv3.Ctx) error {
		return d.close(context.TODO(), rq.Params("id")) // want `the request's context is at hand: rq.Context\(\)`
	}
}

// Mount registers a literal with a root kept in a variable.
func (d *Desk) Mount(app *fiberv3.App) {
	app.Post("/tickets", d.Post)
	app.Put("/tickets/:id", func(c fiberv3.Ctx) error {
		root := context.Background() // want `the request's context is at hand: c.Context\(\)`
		if err := d.close(root, c.Params("id")); err != nil {
			return err
		}
		_, err := d.open(root, c.FormValue("title"))
		return err
	})
}
