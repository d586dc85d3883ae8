package innocent_real

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// runner runs what outlives a request, and is waited for at the shutdown.
type runner struct {
	wg   sync.WaitGroup
	stop chan struct{}
}

// Go keeps the trace and drops the cancellation, in one place for all handlers.
func (b *runner) Go(ctx context.Context, d time.Duration, fn func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d)
	b.wg.Go(func() {
		defer cancel()
		ctx, span := tracer.Start(ctx, "background")
		defer span.End()
		if err := fn(ctx); err != nil {
			span.RecordError(err)
			span.SetStatus(codes.Error, "background")
		}
	})
}

// Shutdown waits for all, or until the deadline.
func (b *runner) Shutdown(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		b.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Accept hands the request's context to the runner, which detaches, and uses the
// context that the runner gives.
func (a *API) Accept(w http.ResponseWriter, r *http.Request) {
	o := work.Order{ID: r.PathValue("id"), Email: r.FormValue("email")}
	a.bg.Go(r.Context(), time.Minute, func(ctx context.Context) error {
		return a.svc.Confirm(ctx, o)
	})
	w.WriteHeader(http.StatusAccepted)
}

// detachFor is the team's helper for a context without the request's end.
func detachFor(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), d)
}

// Helped calls it before the goroutine and cancels inside.
func (a *API) Helped(c *gin.Context) {
	ctx, cancel := detachFor(c.Request.Context(), time.Second)
	o := work.Order{ID: c.Param("id")}
	go func() {
		defer cancel()
		a.svc.Record(ctx, o)
	}()
	c.Status(http.StatusAccepted)
}

// Copied asks the copy for gin's values, and the detached context for the trace.
func (a *API) Copied(c *gin.Context) {
	cp := c.Copy()
	ctx := context.WithoutCancel(c.Request.Context())
	go func() {
		a.record(ctx, cp.FullPath(), cp.GetString("user"))
	}()
}

func (a *API) record(ctx context.Context, path, user string) {
	a.svc.Record(ctx, work.Order{ID: path, Email: user})
}

// Fiber2 clones the strings, whose bytes fiber uses again, and detaches.
func (a *API) Fiber2(c *fiberv2.Ctx) error {
	ctx := context.WithoutCancel(c.UserContext())
	id := strings.Clone(c.Params("id"))
	go a.svc.Record(ctx, work.Order{ID: id})
	return c.SendStatus(fiberv2.StatusAccepted)
}

// Fiber3 does so in fiber's third version.
func (a *API) Fiber3(c fiber.Ctx) error {
	o := work.Order{ID: strings.Clone(c.Params("id"))}
	go func(ctx context.Context) {
		a.svc.Record(ctx, o)
	}(context.WithoutCancel(c.Context()))
	return c.SendStatus(fiber.StatusAccepted)
}

// cache is one for all requests.
type cache struct {
	busy  atomic.Bool
	stale atomic.Bool
	value atomic.Int64
}

// Cached refreshes what all requests share: whichever finds it stale only gives the
// signal, and the refresh is in nobody's trace.
func (a *API) Cached(w http.ResponseWriter, r *http.Request) {
	if a.cache.stale.Load() && a.cache.busy.CompareAndSwap(false, true) {
		// Shared by all requests: it must not be in the trace of this one.
		go func() {
			defer a.cache.busy.Store(false)
			if n, err := a.svc.Price(context.Background(), "all"); err == nil {
				a.cache.value.Store(int64(n))
			}
		}()
	}
	w.WriteHeader(http.StatusNoContent)
}

// Quit shuts the server down from one of its own handlers: it must not wait for
// itself, nor end with its request. A shutdown is in no trace.
func (a *API) Quit(w http.ResponseWriter, r *http.Request) {
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := a.srv.Shutdown(ctx); err != nil {
			_ = a.srv.Close()
		}
	}()
	w.WriteHeader(http.StatusAccepted)
}

// delivery is a message.
type delivery struct {
	headers map[string]string
	order   work.Order
}

// Consume works on each message in a goroutine: the root is the base of what the
// message carries, which is the trace that counts.
func (a *API) Consume(ctx context.Context, in <-chan delivery, prop propagation.TextMapPropagator) error {
	for {
		select {
		case d, ok := <-in:
			if !ok {
				return errors.New("closed")
			}
			go func() {
				mctx := prop.Extract(context.Background(), propagation.MapCarrier(d.headers))
				mctx, span := tracer.Start(mctx, "process", trace.WithSpanKind(trace.SpanKindConsumer))
				defer span.End()
				a.svc.Record(mctx, d.order)
			}()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// queued is work for the workers that were started with the program.
type queued struct {
	ctx   context.Context
	order work.Order
}

// Queue sends a detached context along with the order.
func (a *API) Queue(jobs chan<- queued) gin.HandlerFunc {
	return func(c *gin.Context) {
		jobs <- queued{context.WithoutCancel(c.Request.Context()), work.Order{ID: c.Param("id")}}
		c.Status(http.StatusAccepted)
	}
}

// Works are the workers: they work on the context of each job, which has nothing to
// do with the one that ends the program.
func (a *API) Works(ctx context.Context, n int, jobs <-chan queued) {
	for range n {
		go func() {
			for {
				select {
				case j := <-jobs:
					a.svc.Record(j.ctx, j.order)
				case <-ctx.Done():
					return
				}
			}
		}()
	}
}

// Expire is for later, when the request is long over: a root of its own on purpose,
// with a link to the request that asked for it.
func (a *API) Expire(w http.ResponseWriter, r *http.Request) {
	link := trace.LinkFromContext(r.Context())
	id := r.PathValue("id")
	time.AfterFunc(time.Hour, func() {
		ctx, span := tracer.Start(context.Background(), "expire", trace.WithLinks(link))
		defer span.End()
		a.svc.Record(ctx, work.Order{ID: id})
	})
	w.WriteHeader(http.StatusAccepted)
}
