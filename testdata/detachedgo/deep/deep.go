// Package deep has goroutines whose root or cancelled context is one step
// further away.
package deep

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// API has the handlers.
type API struct {
	svc  *work.Service
	jobs chan func()
}

// notify makes its own root, because it runs in goroutines.
func (a *API) notify(o work.Order) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_ = a.svc.Confirm(ctx, o)
}

// Order starts it.
func (a *API) Order(c *gin.Context) {
	o := work.Order{ID: c.Param("id")}
	go a.notify(o) // want `the goroutine works on context\.Background\(\) in .*notify, so what it does is in a trace of its own`
	c.Status(http.StatusAccepted)
}

// OrderLiteral starts it in a literal.
func (a *API) OrderLiteral(w http.ResponseWriter, r *http.Request) {
	o := work.Order{ID: r.PathValue("id")}
	go func() { // want `the goroutine works on context\.Background\(\) in .*notify, so what it does is in a trace of its own`
		a.notify(o)
	}()
	w.WriteHeader(http.StatusAccepted)
}

// safeGo starts fn on the context that it gets, and recovers.
func safeGo(ctx context.Context, fn func(context.Context)) {
	go func() {
		defer func() { _ = recover() }()
		fn(ctx)
	}()
}

// Safe hands the request's context to it.
func (a *API) Safe(c *gin.Context) {
	id := c.Param("id")
	safeGo(c.Request.Context(), func(ctx context.Context) { // want `the goroutine works on c\.Request\.Context\(\), which is cancelled when the handler .*Safe returns`
		a.svc.Record(ctx, work.Order{ID: id})
	})
	c.Status(http.StatusAccepted)
}

// SafeRoot hands a root to it.
func (a *API) SafeRoot(c *gin.Context) {
	id := c.Param("id")
	safeGo(context.Background(), func(ctx context.Context) { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		a.svc.Record(ctx, work.Order{ID: id})
	})
	c.Status(http.StatusAccepted)
}

// async is a handler's helper that starts the goroutine for it.
func (a *API) async(c echo.Context, o work.Order) {
	ctx := c.Request().Context()
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler`
		a.svc.Record(ctx, o)
	}()
}

// Helper is the handler.
func (a *API) Helper(c echo.Context) error {
	a.async(c, work.Order{ID: c.Param("id")})
	return c.NoContent(http.StatusAccepted)
}

// Nested starts a goroutine in a goroutine that is joined.
func (a *API) Nested(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = spans.Mail(ctx, "joined@example.com", "joined")
		go spans.Mail(ctx, "late@example.com", "late") // want `the goroutine works on ctx, which is cancelled when the handler .*Nested returns`
	}()
	<-done
}

// OneOfTwo waits on one path only. A limit: silent.
func (a *API) OneOfTwo(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = spans.Mail(ctx, "a@example.com", "one of two")
	}()
	if r.URL.Query().Has("async") {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	<-done
}
