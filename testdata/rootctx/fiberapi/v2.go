// Package fiberapi serves with fiber, v2 and v3 beside each other.
package fiberapi

import (
	"context"
	"database/sql"
	"time"

	"github.com/gofiber/fiber/v2"
	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("fiberapi")

type tickets struct{ pool *sql.DB }

func (t *tickets) open(ctx context.Context, title string) (id int64, err error) {
	ctx, span := tracer.Start(ctx, "tickets.open")
	defer span.End()
	err = t.pool.QueryRowContext(ctx, "INSERT INTO tickets (title) VALUES ($1) RETURNING id", title).Scan(&id)
	return id, err
}

func (t *tickets) close(ctx context.Context, id string) error {
	_, err := t.pool.ExecContext(ctx, "UPDATE tickets SET closed = now() WHERE id = $1", id)
	return err
}

// Post opens a ticket in a trace of its own.
func (t *tickets) Post(c *fiber.Ctx) error {
	id, err := t.open(context.Background(), c.FormValue("title")) // want `the request's context is at hand: c.UserContext\(\)`
	if err != nil {
		return err
	}
	return c.JSON(id)
}

// Delete has a deadline over a root.
func (t *tickets) Delete(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second) // want `the request's context is at hand: c.UserContext\(\)`
	defer cancel()
	return t.close(ctx, c.Params("id"))
}

// Move has a span's context under another name.
func (t *tickets) Move(f *fiber.Ctx) error {
	moved, span := tracer.Start(f.UserContext(), "Move")
	defer span.End()
	if err := t.close(moved, f.Params("id")); err != nil {
		return err
	}
	_, err := t.open(context.TODO(), f.FormValue("title")) // want `the request's context is at hand: moved$`
	return err
}

// Scope is a middleware that replaces the context by a root.
func Scope(name string) fiber.Handler {
	type scope struct{}
	return func(c *fiber.Ctx) error {
		c.SetUserContext(context.WithValue(context.Background(), scope{}, name)) // want `the request's context is at hand: c.UserContext\(\)`
		return c.Next()
	}
}
