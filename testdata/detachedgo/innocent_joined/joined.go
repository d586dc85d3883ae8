// Package innocent_joined waits for its goroutines, so the plain context is
// right in them, and its cancellation is wanted.
package innocent_joined

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"golang.org/x/sync/errgroup"

	"github.com/tracevet/tracevet/testdata/detachedgo/pool"
	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// API has the handlers.
type API struct {
	svc *work.Service
}

// WaitGroup waits.
func (a *API) WaitGroup(c *gin.Context) {
	ctx := c.Request.Context()
	var wg sync.WaitGroup
	for _, id := range c.QueryArray("id") {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a.svc.Record(ctx, work.Order{ID: id})
		}()
	}
	wg.Wait()
	c.Status(http.StatusOK)
}

// WaitGroupGo waits in a defer.
func (a *API) WaitGroupGo(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, id := range r.URL.Query()["id"] {
		wg.Go(func() {
			a.svc.Record(r.Context(), work.Order{ID: id})
		})
	}
	w.WriteHeader(http.StatusOK)
}

// Group waits for a group with a context of its own.
func (a *API) Group(w http.ResponseWriter, r *http.Request) {
	g, ctx := errgroup.WithContext(r.Context())
	g.SetLimit(8)
	for _, id := range r.URL.Query()["id"] {
		g.Go(func() error {
			_, err := a.svc.Price(ctx, id)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// GroupOfGin uses gin's context while the handler waits.
func (a *API) GroupOfGin(c *gin.Context) {
	var g errgroup.Group
	g.Go(func() error {
		_, err := a.svc.Price(c.Request.Context(), c.Param("id"))
		return err
	})
	g.Go(func() error { return spans.Mail(c.Request.Context(), "a@example.com", c.ClientIP()) })
	if g.Wait() != nil {
		c.Status(http.StatusBadGateway)
	}
}

// Channel receives the result.
func (a *API) Channel(c echo.Context) error {
	ctx := c.Request().Context()
	res := make(chan int)
	go func() {
		p, _ := a.svc.Price(ctx, c.Param("id"))
		res <- p
	}()
	return c.JSON(http.StatusOK, <-res)
}

// ChannelOfErrors receives as many as it started.
func (a *API) ChannelOfErrors(c *gin.Context) {
	ctx := c.Request.Context()
	ids := c.QueryArray("id")
	errs := make(chan error, len(ids))
	for _, id := range ids {
		go func() { errs <- spans.Mail(ctx, id, "hello") }()
	}
	for range ids {
		if err := <-errs; err != nil {
			_ = c.Error(err)
		}
	}
}

// Done waits for the close of a channel.
func (a *API) Done(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.svc.Record(r.Context(), work.Order{ID: r.PathValue("id")})
	}()
	<-done
}

// Ranges reads the channel until the goroutine closes it.
func (a *API) Ranges(c *gin.Context) {
	ctx := c.Request.Context()
	prices := make(chan int)
	go func() {
		defer close(prices)
		for _, id := range c.QueryArray("id") {
			p, err := a.svc.Price(ctx, id)
			if err != nil {
				return
			}
			prices <- p
		}
	}()
	sum := 0
	for p := range prices {
		sum += p
	}
	c.JSON(http.StatusOK, sum)
}

// Deadline waits for the result or for the client to leave: then the work must
// end, too.
func (a *API) Deadline(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second)
	defer cancel()
	res := make(chan error, 1)
	go func() { res <- a.svc.Confirm(ctx, work.Order{}) }()
	select {
	case err := <-res:
		if err != nil {
			c.Status(http.StatusBadGateway)
		}
	case <-ctx.Done():
		c.Status(http.StatusGatewayTimeout)
	}
}

// Helper hands the literal to a function that waits.
func (a *API) Helper(w http.ResponseWriter, r *http.Request) {
	pool.Do(func() {
		a.svc.Record(r.Context(), work.Order{ID: r.PathValue("id")})
	})
}

func parallel(ctx context.Context, fns ...func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, fn := range fns {
		g.Go(func() error { return fn(ctx) })
	}
	return g.Wait()
}

// Parallel has a helper of its own that waits.
func (a *API) Parallel(c *gin.Context) {
	id := c.Param("id")
	err := parallel(c.Request.Context(),
		func(ctx context.Context) error { return a.svc.Confirm(ctx, work.Order{ID: id}) },
		func(ctx context.Context) error { return spans.Mail(ctx, id, "hi") },
	)
	if err != nil {
		c.Status(http.StatusBadGateway)
	}
}

// WaitsLater waits in a function that it calls.
func (a *API) WaitsLater(c *gin.Context) {
	ctx := c.Request.Context()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		a.svc.Record(ctx, work.Order{})
	}()
	finish(c, &wg)
}

func finish(c *gin.Context, wg *sync.WaitGroup) {
	wg.Wait()
	c.Status(http.StatusOK)
}

// A session is what a connection was upgraded to.
type session struct {
	orders  chan work.Order
	results chan error
}

// upgrade is silent: whoever gets the session works with it while the request is served. The goroutine
// tells by one of its channels when it is done.
func (a *API) upgrade(c *gin.Context) *session {
	s := &session{make(chan work.Order), make(chan error, 1)}
	go a.drain(c.Request.Context(), s.orders, s.results)
	return s
}

func (a *API) drain(ctx context.Context, orders <-chan work.Order, results chan<- error) {
	for order := range orders {
		a.svc.Record(ctx, order)
	}
	results <- nil
}

// literal is silent for the same reason.
func (a *API) literal(c *gin.Context, order work.Order) *session {
	s := &session{results: make(chan error, 1)}
	ctx := c.Request.Context()
	go func() {
		a.svc.Record(ctx, order)
		s.results <- nil
	}()
	return s
}

// A Copier serves one connection.
type Copier struct {
	err    chan error
	closed chan struct{}
}

// Copy is silent: it waits for what the method that the goroutine calls sends to the
// field.
func (c *Copier) Copy(w http.ResponseWriter, r *http.Request) error {
	go func() {
		spans.Mail(r.Context(), "a", "b")
		http.HandlerFunc(c.handle).ServeHTTP(w, r)
	}()
	return <-c.err
}

func (c *Copier) handle(http.ResponseWriter, *http.Request) { c.err <- nil }
