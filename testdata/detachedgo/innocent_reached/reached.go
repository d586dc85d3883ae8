// Package innocent_reached has goroutines on roots in functions without a context.
// Nothing in it is reported.
package innocent_reached

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// API has the handlers.
type API struct {
	svc    *work.Service
	once   sync.Once
	mu     sync.Mutex
	prices map[string]int
	jobs   chan work.Order
}

func (a *API) confirm(o work.Order) {
	go a.svc.Confirm(context.Background(), o)
}

// Nightly has no context: nobody asked for it.
func (a *API) Nightly(orders []work.Order) {
	for _, o := range orders {
		a.confirm(o)
	}
}

func (a *API) refresh(id string) {
	go func() {
		price, err := a.svc.Price(context.Background(), id)
		if err != nil {
			return
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.prices[id] = price
	}()
}

// Price has a cache filled, which works for all who ask later.
func (a *API) Price(c *gin.Context) {
	a.refresh(c.Param("id"))
	c.JSON(http.StatusOK, a.prices[c.Param("id")])
}

func (a *API) start(name string) {
	go func() {
		for o := range a.jobs {
			a.svc.Record(context.Background(), work.Order{ID: name + o.ID})
		}
	}()
}

// Worker is started on demand, and goes on.
func (a *API) Worker(c *gin.Context) {
	a.start(c.Param("name"))
	c.Status(http.StatusAccepted)
}

func (a *API) warm() {
	go func() {
		_ = spans.Mail(context.Background(), "ops@example.com", "warm")
	}()
}

// Warm is about the program, and uses nothing of the request.
func (a *API) Warm(c *gin.Context) {
	a.warm()
	c.Status(http.StatusAccepted)
}

func (a *API) announce(id string) {
	// Must not be part of the request's trace: it is shared by all who order.
	go func() {
		_ = spans.Mail(context.Background(), "ops@example.com", id)
	}()
}

// Announce says why, at the goroutine.
func (a *API) Announce(c *gin.Context) {
	a.announce(c.Param("id"))
	c.Status(http.StatusAccepted)
}

// First does so once for all requests.
func (a *API) First(c *gin.Context) {
	a.once.Do(func() { a.confirm(work.Order{ID: "first"}) })
	c.Status(http.StatusAccepted)
}

func (a *API) both(o work.Order) error {
	done := make(chan error, 1)
	go func() { done <- a.svc.Confirm(context.Background(), o) }()
	return <-done
}

// waited waits for it: that is a call, and for another rule.
func (a *API) waited(w http.ResponseWriter, o work.Order) {
	if err := a.both(o); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}

func later(d time.Duration, id string) {
	go func() {
		time.Sleep(d)
		println(id)
	}()
}

// Later does nothing that is traced.
func (a *API) Later(c *gin.Context) {
	later(time.Second, c.Param("id"))
	c.Status(http.StatusAccepted)
}

func (a *API) given(ctx context.Context, o work.Order) {
	go a.svc.Confirm(context.WithoutCancel(ctx), o)
}

// Given passes the context on, without its cancellation.
func (a *API) Given(c *gin.Context) {
	a.given(c.Request.Context(), work.Order{ID: c.Param("id")})
	c.Status(http.StatusAccepted)
}

// NewAPI makes something that lives on, for a caller who may be the program.
func NewAPI(ctx context.Context, svc *work.Service, o work.Order) *API {
	a := &API{svc: svc}
	_ = svc.Confirm(ctx, o)
	a.confirm(o)
	return a
}
