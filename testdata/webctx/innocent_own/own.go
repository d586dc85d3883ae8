// Package innocent_own has web contexts of its own that are real contexts, as
// those of Hertz and Kratos are, and parameters that are gin's own type.
package innocent_own

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

// RequestContext embeds the request's context: as a context it is that one.
type RequestContext struct {
	context.Context
	Params map[string]string
	w      http.ResponseWriter
}

// Param is like gin's.
func (c *RequestContext) Param(name string) string { return c.Params[name] }

// JSON is like gin's.
func (c *RequestContext) JSON(code int, v any) { c.w.WriteHeader(code) }

// HandlerFunc is a framework's.
type HandlerFunc func(c *RequestContext)

// Own is a handler of the framework's.
func Own(users *backend.Users) HandlerFunc {
	return func(c *RequestContext) {
		u, _ := users.Find(c, c.Param("id"))
		c.JSON(200, u)
	}
}

// Beside is a handler as Hertz has them: the context stands beside.
func Beside(users *backend.Users) func(context.Context, *RequestContext) {
	return func(ctx context.Context, c *RequestContext) {
		u, _ := users.Find(ctx, c.Param("id"))
		c.JSON(200, u)
	}
}

// Context is a type with gin's name, which has the methods of a context.
type Context struct {
	r *http.Request
}

// Deadline implements context.Context.
func (c *Context) Deadline() (time.Time, bool) { return c.r.Context().Deadline() }

// Done implements context.Context.
func (c *Context) Done() <-chan struct{} { return c.r.Context().Done() }

// Err implements context.Context.
func (c *Context) Err() error { return c.r.Context().Err() }

// Value implements context.Context.
func (c *Context) Value(key any) any { return c.r.Context().Value(key) }

// Named passes it.
func Named(c *Context, users *backend.Users) {
	_, _ = users.Find(c, "named")
}

// traceable overrides what gin's context does not do.
type traceable struct {
	*gin.Context
}

// Value asks the request's context, too.
func (t traceable) Value(key any) any {
	if v := t.Context.Value(key); v != nil {
		return v
	}
	return t.Request.Context().Value(key)
}

// Overridden passes the struct that overrides Value.
func Overridden(c *gin.Context, users *backend.Users) {
	_, _ = users.Find(traceable{c}, c.Param("id"))
}

func render(c *gin.Context, v any) { c.JSON(200, v) }

// Parameter passes gin's context to what wants gin's context.
func Parameter(c *gin.Context) {
	render(c, gin.H{"ok": true})
	var same = c
	render(same, nil)
}

type keeper struct{ c *gin.Context }

// Field keeps it under its own type.
func Field(c *gin.Context) {
	k := keeper{c: c}
	render(k.c, nil)
}

// Any passes it as any.
func Any(c *gin.Context) {
	c.Set("self", any(c))
}

// writer is an interface of the project's that gin's context satisfies, and
// that is no context.
type writer interface {
	JSON(code int, v any)
	Status(code int)
}

func ok(w writer) { w.JSON(200, "ok") }

// Interface passes it as that.
func Interface(c *gin.Context) { ok(c) }

// Echo has no context in echo's.
func Echo(c echo.Context, users *backend.Users) error {
	u, err := users.Find(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(200, u)
}
