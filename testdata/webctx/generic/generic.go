// Package generic converts gin's context in generic code, by aliases, and with
// renamed and dot imports.
package generic

import (
	"context"

	web "github.com/gin-gonic/gin"
	. "github.com/tracevet/tracevet/testdata/webctx/backend"
)

func run[T any](ctx context.Context, fn func(context.Context) (T, error)) (T, error) {
	ctx, span := Span(ctx, "run")
	defer span.End()
	return fn(ctx)
}

// Run calls a generic helper of the package.
func Run(c *web.Context, users *Users) {
	u, err := run(c, func(ctx context.Context) (User, error) { // want `^c is used as a context, in which the request's span is not found unless`
		return users.Find(ctx, c.Param("id"))
	})
	if err != nil {
		return
	}
	c.JSON(200, u)
}

func handle[In, Out any](fn func(context.Context, In) (Out, error)) web.HandlerFunc {
	return func(c *web.Context) {
		var in In
		if err := c.ShouldBindJSON(&in); err != nil {
			c.AbortWithStatus(400)
			return
		}
		out, err := fn(c, in) // want `^c is used as a context, in which the request's span is not found unless`
		if err != nil {
			_ = c.Error(err)
			return
		}
		c.JSON(200, out)
	}
}

// Routes registers typed handlers.
func Routes(r *web.Engine, users *Users) {
	r.POST("/users", handle(func(ctx context.Context, in User) (User, error) {
		return users.Find(ctx, in.ID)
	}))
}

// Repo is a generic repository.
type Repo[T any] interface {
	One(ctx context.Context, id string) (T, error)
}

// Show calls a method of an instantiated interface.
func Show[T any, R Repo[T]](r R) web.HandlerFunc {
	return func(gctx *web.Context) {
		v, err := r.One(gctx, gctx.Param("id")) // want `^gctx is used as a context, in which the request's span is not found unless`
		if err != nil {
			gctx.Status(404)
			return
		}
		gctx.JSON(200, v)
	}
}

type reqCtx = *web.Context

type std = context.Context

func found(ctx std, users *Users, id string) bool {
	_, err := users.Find(ctx, id)
	return err == nil
}

// Alias has aliases for both types.
func Alias(rc reqCtx, users *Users) {
	if !found(rc, users, rc.Param("id")) { // want `^rc is used as a context, in which the request's span is not found unless`
		rc.Status(404)
	}
}

// ctxLike is satisfied by both.
type ctxLike interface{ context.Context }

func loose(ctx ctxLike, users *Users) error {
	_, err := users.Find(ctx, "loose")
	return err
}

// Interface passes it to an interface of the package's own that embeds the
// context's.
func Interface(c *web.Context, users *Users) {
	_ = loose(c, users) // want `^c is used as a context, in which the request's span is not found unless`
}

// MethodExpression calls by a method expression.
func MethodExpression(c *web.Context, users *Users) {
	_, _ = (*Users).Find(users, c, c.Param("id")) // want `^c is used as a context, in which the request's span is not found unless`
}
