// Package backend is what handlers call. Nothing in it is a fault.
package backend

import (
	"context"
	"database/sql"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("backend")

// User is a row.
type User struct {
	ID   string
	Name string
}

// Users is the service.
type Users struct {
	db *sql.DB
}

// Find reaches the database through a method.
func (u *Users) Find(ctx context.Context, id string) (User, error) { return u.find(ctx, id) }

func (u *Users) find(ctx context.Context, id string) (User, error) {
	out := User{ID: id}
	err := u.db.QueryRowContext(ctx, "SELECT name FROM users WHERE id = $1", id).Scan(&out.Name)
	return out, err
}

// Notify takes any number of contexts, as a fan-in does.
func Notify(msg string, ctxs ...context.Context) {
	for _, ctx := range ctxs {
		_, span := tracer.Start(ctx, "notify")
		span.SetAttributes(attribute.String("msg", msg))
		span.End()
	}
}

// Span is the wrapper of the project's own.
func Span(ctx context.Context, name string) (context.Context, trace.Span) {
	return tracer.Start(ctx, name)
}

// Finder is what handlers ask for.
type Finder interface {
	Find(ctx context.Context, id string) (User, error)
}

// Params carries a context.
type Params struct {
	Ctx context.Context
	ID  string
}

// Do works on the context that the parameters carry.
func Do(p Params) error {
	_, span := tracer.Start(p.Ctx, p.ID)
	defer span.End()
	return nil
}
