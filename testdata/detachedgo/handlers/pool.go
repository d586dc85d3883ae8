package handlers

import (
	"context"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"
	"golang.org/x/sync/errgroup"

	"github.com/tracevet/tracevet/testdata/detachedgo/pool"
	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// Queue has handlers that hand work over.
type Queue struct {
	svc  *work.Service
	pool *pool.Pool
	bg   sync.WaitGroup
}

// Submit gives a root to the pool.
func (q *Queue) Submit(c *gin.Context) {
	o := work.Order{ID: c.Param("id")}
	q.pool.Submit(func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		_ = q.svc.Confirm(context.Background(), o)
	})
	c.Status(http.StatusAccepted)
}

// SubmitCancelled gives the request's context to the pool.
func (q *Queue) SubmitCancelled(c *gin.Context) {
	ctx := c.Request.Context()
	o := work.Order{ID: c.Param("id")}
	q.pool.Submit(func() { // want `the goroutine works on ctx, which is cancelled when the handler .*SubmitCancelled returns`
		_ = q.svc.Confirm(ctx, o)
	})
	c.Status(http.StatusAccepted)
}

// SubmitCaptured gives gin's context to the pool.
func (q *Queue) SubmitCaptured(c *gin.Context) {
	q.pool.Submit(func() { // want `the goroutine uses c after the handler .*SubmitCaptured returned`
		_ = q.svc.Confirm(c.Request.Context(), work.Order{ID: c.Param("id")})
	})
	c.Status(http.StatusAccepted)
}

// Safe starts by a helper that recovers.
func (q *Queue) Safe(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	id := r.PathValue("id")
	pool.Go(func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Safe returns`
		q.svc.Record(ctx, work.Order{ID: id})
	})
	w.WriteHeader(http.StatusAccepted)
}

// Group never waits for its group.
func (q *Queue) Group(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	var g errgroup.Group
	for _, id := range r.URL.Query()["id"] {
		g.Go(func() error { // want `the goroutine works on ctx, which is cancelled when the handler .*Group returns`
			return spans.Mail(ctx, id, "hello")
		})
	}
	w.WriteHeader(http.StatusAccepted)
}

// GroupOfContext has a group whose context is cancelled with the request's.
func (q *Queue) GroupOfContext(w http.ResponseWriter, r *http.Request) {
	g, gctx := errgroup.WithContext(r.Context())
	g.Go(func() error { // want `the goroutine works on gctx, which is cancelled when the handler .*GroupOfContext returns`
		return spans.Mail(gctx, "a@example.com", "hello")
	})
	w.WriteHeader(http.StatusAccepted)
}

// Background is counted by a wait group that only the shutdown waits for.
func (q *Queue) Background(c *gin.Context) {
	ctx := c.Request.Context()
	o := work.Order{ID: c.Param("id")}
	q.bg.Add(1)
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Background returns`
		defer q.bg.Done()
		q.svc.Record(ctx, o)
	}()
	c.Status(http.StatusAccepted)
}

// BackgroundGo uses its Go.
func (q *Queue) BackgroundGo(c *gin.Context) {
	o := work.Order{ID: c.Param("id")}
	q.bg.Go(func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		q.svc.Record(context.Background(), o)
	})
	c.Status(http.StatusAccepted)
}

// Held starts a literal that a local holds.
func (q *Queue) Held(c *gin.Context) {
	ctx := c.Request.Context()
	o := work.Order{ID: c.Param("id")}
	notify := func() {
		q.svc.Record(ctx, o)
	}
	go notify() // want `the goroutine works on ctx, which is cancelled when the handler .*Held returns`
	c.Status(http.StatusAccepted)
}

// MethodValue starts a method value.
func (q *Queue) MethodValue(c *gin.Context) {
	record := q.svc.Record
	go record(c.Request.Context(), work.Order{ID: c.Param("id")}) // want `the goroutine works on c\.Request\.Context\(\), which is cancelled when the handler .*MethodValue returns`
	c.Status(http.StatusAccepted)
}
