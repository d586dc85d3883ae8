// Package app uses the short forms where a context is at hand.
package app

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/labstack/echo/v5"
	. "github.com/tracevet/tracevet/testdata/ctxlesscall/pairs/client"
	"go.opentelemetry.io/otel"
)

// App has the clients in fields, and one by embedding.
type App struct {
	*Queue
	out    Pusher
	prices *Cache[string, int]
}

// PushAll is gin's.
func (a *App) PushAll(c *gin.Context) {
	for _, t := range c.QueryArray("topic") {
		if err := a.Push(t, nil); err != nil { // want `a.Push has no context, so its work is not in the trace: PushContext takes one`
			c.Status(http.StatusBadGateway)
			return
		}
	}
}

// PullOne is chi's.
func (a *App) PullOne(w http.ResponseWriter, r *http.Request) {
	b, err := a.Queue.Pull(chi.URLParam(r, "topic"), time.Second) // want `Queue.Pull has no context.*: PullCtx takes one`
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	_, _ = w.Write(b)
}

// DropAll is echo's; the function is variadic.
func (a *App) DropAll(c *echo.Context) error {
	if c.QueryParam("all") == "" {
		return a.Drop() // want `a.Drop has no context.*: DropWithContext takes one`
	}
	return a.Drop(c.QueryParam("a"), c.QueryParam("b")) // want `a.Drop has no context.*: DropWithContext takes one`
}

// Other opens another queue, with a package function of a dot import.
func Other(ctx context.Context, url string) (*Queue, error) {
	ctx, span := otel.Tracer("app").Start(ctx, "Other")
	defer span.End()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return Open(url) // want `Open has no context.*: OpenContext takes one`
}

// Price reads from a generic type.
func (a *App) Price(ctx context.Context, article string) (int, error) {
	if err := a.PushContext(ctx, "price", nil); err != nil {
		return 0, err
	}
	return a.prices.Get(article) // want `prices.Get has no context.*: GetCtx takes one`
}

// Every calls a generic function.
func (a *App) Every(ctx context.Context, topics []string) error {
	return Each(topics, func(t string) error { // want `Each has no context.*: EachContext takes one`
		return a.PushContext(ctx, t, nil)
	})
}

// Through calls through an interface that has both.
func (a *App) Through(ctx context.Context, body []byte) error {
	if len(body) == 0 {
		return ctx.Err()
	}
	return a.out.Push("through", body) // want `out.Push has no context.*: PushContext takes one`
}

// local has a pair in its own package.
type local struct{ q *Queue }

func (l local) sync(topic string) error { return l.syncContext(context.Background(), topic) }

func (l local) syncContext(ctx context.Context, topic string) error {
	return l.q.PushContext(ctx, topic, nil)
}

// Local calls the unexported form.
func Local(w http.ResponseWriter, r *http.Request) {
	l := local{}
	if err := l.sync(r.Method); err != nil { // want `l.sync has no context.*: syncContext takes one`
		w.WriteHeader(http.StatusBadGateway)
	}
}

// flush and flushCtx are package functions.
func flush(q *Queue) error { return flushCtx(context.Background(), q) }

func flushCtx(ctx context.Context, q *Queue) error { return q.PushContext(ctx, "flush", nil) }

// Flush calls the short one within a literal that runs on the spot.
func (a *App) Flush(ctx context.Context) (err error) {
	func() {
		err = flush(a.Queue) // want `flush has no context.*: flushCtx takes one`
	}()
	if err == nil {
		err = ctx.Err()
	}
	return err
}

// Several has two of them in one expression.
func (a *App) Several(ctx context.Context) bool {
	return a.Push("a", nil) == nil && a.Queue.Push("b", nil) == nil && ctx.Err() == nil // want `a.Push has no context` `Queue.Push has no context`
}
