// Package innocent_real has handlers that look as if a framework's own context
// were used as a context.Context, in the shapes that real services have. All of
// it is right.
package innocent_real

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	"github.com/labstack/echo/v4"
	"github.com/rs/zerolog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

var tracer = otel.Tracer("github.com/acme/shop")

// API is the service's handlers.
type API struct {
	users  *backend.Users
	finder backend.Finder
}

// reqCtx is the team's helper for the request's context.
func reqCtx(c *gin.Context) context.Context { return c.Request.Context() }

// Helped asks the helper, whose parameter is gin's own type.
func (a *API) Helped(c *gin.Context) {
	ctx, span := tracer.Start(reqCtx(c), "Helped")
	defer span.End()
	u, err := a.finder.Find(ctx, c.Param("id"))
	if err != nil {
		_ = c.Error(err)
		return
	}
	c.JSON(http.StatusOK, u)
}

// Wrapped is a plain handler in gin's clothes: its request has the context.
func (a *API) Wrapped() gin.HandlerFunc {
	return gin.WrapF(func(w http.ResponseWriter, r *http.Request) {
		u, _ := a.users.Find(r.Context(), r.URL.Query().Get("id"))
		_, _ = io.WriteString(w, u.Name)
	})
}

// ginKey is where the resolvers find gin's context.
type ginKey struct{}

// Bridge is gqlgen's recipe: gin's context is a value in the request's, where it is
// no context but a thing to look things up in.
func Bridge(next http.Handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx := context.WithValue(c.Request.Context(), ginKey{}, c)
		next.ServeHTTP(c.Writer, c.Request.WithContext(ctx))
	}
}

// Resolve is a resolver: the context is the request's, and gin's is taken out of it
// for the header.
func (a *API) Resolve(ctx context.Context, id string) (backend.User, error) {
	c, ok := ctx.Value(ginKey{}).(*gin.Context)
	if !ok {
		return backend.User{}, errors.New("not in a request")
	}
	c.Header("X-Resolved", id)
	return a.users.Find(ctx, id)
}

// withKeys is the request's context, and asks gin's for the keys that it lacks.
type withKeys struct {
	context.Context
	keys context.Context
}

// Value asks the request's context first, where the span is.
func (w withKeys) Value(key any) any {
	if v := w.Context.Value(key); v != nil {
		return v
	}
	return w.keys.Value(key)
}

// Merged has gin's context for the keys only: the span is found in the other.
func (a *API) Merged(c *gin.Context) {
	ctx := withKeys{Context: c.Request.Context(), keys: c}
	_, _ = a.users.Find(ctx, c.Param("id"))
}

// valuer is what the settings ask: an interface with one of the methods of a context.
type valuer interface{ Value(key any) any }

func locale(v valuer) string {
	s, _ := v.Value("locale").(string)
	return s
}

// Localized passes gin's context as that.
func Localized(c *gin.Context) {
	c.Set("locale", c.GetHeader("Accept-Language"))
	c.String(http.StatusOK, locale(c))
}

// fromKeys reads a value of any type under a key of gin's.
func fromKeys[T any](ctx context.Context, key string) (T, bool) {
	v, ok := ctx.Value(key).(T)
	return v, ok
}

// Quota reads what the middleware set by a generic helper: the request's context would
// not have it.
func Quota(c *gin.Context) {
	if left, ok := fromKeys[int](c, "quota"); ok && left == 0 {
		c.AbortWithStatus(http.StatusTooManyRequests)
	}
}

// Local holds gin's context in a context variable for its keys, and works on the
// request's.
func (a *API) Local(c *gin.Context) {
	var keys context.Context = c
	tenant, _ := keys.Value("tenant").(string)
	_, _ = a.users.Find(c.Request.Context(), tenant+c.Param("id"))
}

// Call is the service's own context for a handler: it embeds gin's, and has a method
// for the one to work on.
type Call struct {
	*gin.Context
	log zerolog.Logger
}

// Ctx is the request's context with the logger.
func (k Call) Ctx() context.Context { return k.log.WithContext(k.Request.Context()) }

// Adapt makes a handler of one for Call.
func Adapt(h func(Call) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		k := Call{Context: c, log: zerolog.Ctx(c.Request.Context()).With().Str("path", c.FullPath()).Logger()}
		if err := h(k); err != nil {
			_ = c.Error(err)
		}
	}
}

// Show is a handler of that kind.
func (a *API) Show(k Call) error {
	u, err := a.users.Find(k.Ctx(), k.Param("id"))
	if err != nil {
		return err
	}
	k.JSON(http.StatusOK, u)
	return nil
}

// Scoped puts the context of a span under a key, for handlers that ask for it there.
func Scoped(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "scope")
	defer span.End()
	c.Set("ctx", ctx)
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// Unscoped takes it from there: it is a real context.
func (a *API) Unscoped(c *gin.Context) {
	ctx, ok := c.MustGet("ctx").(context.Context)
	if !ok {
		ctx = c.Request.Context()
	}
	_, _ = a.users.Find(ctx, c.Param("id"))
}

// Fan derives the group's context from the request's.
func (a *API) Fan(c *gin.Context) {
	g, ctx := errgroup.WithContext(c.Request.Context())
	for _, id := range c.QueryArray("id") {
		g.Go(func() error {
			_, err := a.users.Find(ctx, id)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		_ = c.AbortWithError(http.StatusBadGateway, err)
	}
}

// Stream is a loop of server-sent events: gin's context writes, and the request's works.
func (a *API) Stream(c *gin.Context) {
	ctx := c.Request.Context()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	c.Stream(func(io.Writer) bool {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
			u, err := a.users.Find(ctx, c.Param("id"))
			c.SSEvent("user", u)
			return err == nil
		}
	})
}

// unwrap returns the request's context if it got gin's, whoever calls it.
func unwrap(ctx context.Context) context.Context {
	if c, ok := ctx.(*gin.Context); ok && c.Request != nil {
		return c.Request.Context()
	}
	return ctx
}

// startSpan is the team's wrapper, which knows gin.
func startSpan(ctx context.Context, name string) (context.Context, trace.Span) {
	return tracer.Start(unwrap(ctx), name)
}

// Known passes gin's context to the wrapper, and goes on with what that returns.
func (a *API) Known(c *gin.Context) {
	ctx, span := startSpan(c, "Known")
	defer span.End()
	_, _ = a.users.Find(ctx, c.Param("id"))
}

// Fiber2Events writes a stream through fasthttp's context, in a function that runs
// when the handler has returned: it works on the user's context, taken before.
func (a *API) Fiber2Events(c *fiberv2.Ctx) error {
	ctx := context.WithoutCancel(c.UserContext())
	c.Set("Content-Type", "text/event-stream")
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		for w.Flush() == nil {
			u, err := a.users.Find(ctx, "events")
			if err != nil {
				return
			}
			_, _ = fmt.Fprintf(w, "data: %s\n\n", u.Name)
		}
	})
	return nil
}

// Fiber3Traced puts the context of its span where Context finds it.
func (a *API) Fiber3Traced(c fiber.Ctx) error {
	ctx, span := tracer.Start(c.Context(), c.Method())
	defer span.End()
	c.SetContext(ctx)
	return c.Next()
}

// deadliner is what a budget asks of whatever has an end.
type deadliner interface{ Deadline() (time.Time, bool) }

func budget(d deadliner) time.Duration {
	if t, ok := d.Deadline(); ok {
		return time.Until(t)
	}
	return time.Second
}

// Fiber3Budget passes fiber's context as that, and works on the request's.
func (a *API) Fiber3Budget(c fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.Context(), budget(c))
	defer cancel()
	_, err := a.users.Find(ctx, c.Params("id"))
	return err
}

// EchoCall is echo's way to a context of one's own: it embeds echo's and a real one.
type EchoCall struct {
	echo.Context
	ctx context.Context
}

// Echo works on the real one.
func (a *API) Echo(c echo.Context) error {
	k := EchoCall{Context: c, ctx: c.Request().Context()}
	u, err := a.users.Find(k.ctx, k.Param("id"))
	if err != nil {
		return err
	}
	return k.JSON(http.StatusOK, u)
}
