// Package innocent_real starts goroutines that look as if they lost the request,
// in the shapes that real services have. All of it is right.
package innocent_real

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

var tracer = otel.Tracer("github.com/acme/shop")

// API is the service's handlers.
type API struct {
	healthpb.UnimplementedHealthServer
	svc   *work.Service
	audit *spans.Audit
	db    *sql.DB
	bg    *runner
	cache *cache
	srv   *http.Server
}

// Events streams: the goroutine asks on the request's context until the client
// leaves, which is when the handler's loop ends, too.
func (a *API) Events(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	prices := make(chan int)
	go func() {
		defer close(prices)
		for ctx.Err() == nil {
			n, err := a.svc.Price(ctx, r.PathValue("id"))
			if err != nil {
				return
			}
			select {
			case prices <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	rc := http.NewResponseController(w)
	for n := range prices {
		if _, err := fmt.Fprintf(w, "data: %d\n\n", n); err != nil {
			return
		}
		_ = rc.Flush()
	}
}

// Bounded joins by taking all the weight of the semaphore.
func (a *API) Bounded(w http.ResponseWriter, r *http.Request) {
	const limit = 4
	ctx := r.Context()
	sem := semaphore.NewWeighted(limit)
	for _, id := range r.URL.Query()["id"] {
		if err := sem.Acquire(ctx, 1); err != nil {
			return
		}
		go func() {
			defer sem.Release(1)
			_, _ = a.svc.Price(ctx, id)
		}()
	}
	if sem.Acquire(ctx, limit) == nil {
		w.WriteHeader(http.StatusNoContent)
	}
}

// Tokens joins by filling the channel whose slots the goroutines hold.
func (a *API) Tokens(c *gin.Context) {
	ctx := c.Request.Context()
	slots := make(chan struct{}, 8)
	for _, id := range c.QueryArray("id") {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			_, _ = a.svc.Price(ctx, id)
		}()
	}
	for range cap(slots) {
		slots <- struct{}{}
	}
	c.Status(http.StatusNoContent)
}

// crew is a group of the project's own, which waits in Close.
type crew struct{ wg sync.WaitGroup }

// Go starts.
func (k *crew) Go(fn func()) {
	k.wg.Add(1)
	go func() {
		defer k.wg.Done()
		fn()
	}()
}

// Close waits.
func (k *crew) Close() { k.wg.Wait() }

// Crew waits in the deferred Close of the group.
func (a *API) Crew(c echo.Context) error {
	var k crew
	defer k.Close()
	ctx := c.Request().Context()
	for _, id := range c.QueryParams()["id"] {
		k.Go(func() { _, _ = a.svc.Price(ctx, id) })
	}
	return c.NoContent(http.StatusAccepted)
}

// later runs fn beside the caller, and returns what waits for its result.
func later[T any](fn func() (T, error)) func() (T, error) {
	var (
		v    T
		err  error
		done = make(chan struct{})
	)
	go func() {
		defer close(done)
		v, err = fn()
	}()
	return func() (T, error) {
		<-done
		return v, err
	}
}

// Future calls what the helper returned: that waits.
func (a *API) Future(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	price := later(func() (int, error) { return a.svc.Price(ctx, "a") })
	other, _ := a.svc.Price(ctx, "b")
	n, err := price()
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	_, _ = fmt.Fprintln(w, n+other)
}

// Export queries in the goroutine and copies out of the pipe until that has closed
// its end.
func (a *API) Export(w http.ResponseWriter, r *http.Request) {
	pr, pw := io.Pipe()
	defer pr.Close()
	ctx := r.Context()
	go func() {
		rows, err := a.db.QueryContext(ctx, "SELECT who FROM audit")
		if err != nil {
			pw.CloseWithError(err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var who string
			if err := rows.Scan(&who); err != nil {
				pw.CloseWithError(err)
				return
			}
			_, _ = fmt.Fprintln(pw, who)
		}
		pw.CloseWithError(rows.Err())
	}()
	_, _ = io.Copy(w, pr)
}

// Watchdog writes to the audit log if the handler is slow: the timer is stopped when
// the handler returns, so the context is alive whenever it fires.
func (a *API) Watchdog(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	slow := time.AfterFunc(2*time.Second, func() {
		_ = a.audit.Write(ctx, r.URL.Path, "slow")
	})
	defer slow.Stop()
	n, _ := a.svc.Price(ctx, "a")
	_, _ = fmt.Fprintln(w, n)
}

// Timeout is net/http's TimeoutHandler in small: it waits for the handler, or ends it
// with the deadline on purpose.
func Timeout(next http.Handler, d time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "timeout")
		defer span.End()
		ctx, cancel := context.WithTimeout(ctx, d)
		defer cancel()
		done := make(chan struct{})
		go func() {
			defer close(done)
			next.ServeHTTP(w, r.WithContext(ctx))
		}()
		select {
		case <-done:
		case <-ctx.Done():
			<-done
		}
	})
}

// Limited waits in a defer for a group with a limit.
func (a *API) Limited(c *gin.Context) {
	g, ctx := errgroup.WithContext(c.Request.Context())
	defer func() {
		if err := g.Wait(); err != nil {
			_ = c.Error(err)
		}
	}()
	g.SetLimit(2)
	for _, id := range c.QueryArray("id") {
		if !g.TryGo(func() error { _, err := a.svc.Price(ctx, id); return err }) {
			_, _ = a.svc.Price(ctx, id)
		}
	}
}

// Watch sends in a goroutine and waits for its error or for the stream's end, when
// its context is to end, too.
func (a *API) Watch(req *healthpb.HealthCheckRequest, stream healthpb.Health_WatchServer) error {
	ctx := stream.Context()
	errc := make(chan error, 1)
	go func() {
		for {
			if _, err := a.svc.Price(ctx, req.GetService()); err != nil {
				errc <- err
				return
			}
			if err := stream.Send(&healthpb.HealthCheckResponse{}); err != nil {
				errc <- err
				return
			}
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		<-errc
		return ctx.Err()
	}
}
