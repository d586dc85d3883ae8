// Package handlers starts goroutines in handlers and does not wait for them.
package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

// API has the handlers.
type API struct {
	svc    *work.Service
	audit  *spans.Audit
	client *http.Client
}

// Confirm starts on a new root.
func (a *API) Confirm(c *gin.Context) {
	o := work.Order{ID: c.Param("id"), Email: c.Query("email")}
	go a.svc.Confirm(context.Background(), o) // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
	c.Status(http.StatusAccepted)
}

// ConfirmFunc does so in a literal.
func (a *API) ConfirmFunc(c *gin.Context) {
	o := work.Order{ID: c.Param("id"), Email: c.Query("email")}
	go func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		if err := a.svc.Confirm(context.Background(), o); err != nil {
			_ = a.audit.Write(context.Background(), o.Email, err.Error())
		}
	}()
	c.Status(http.StatusAccepted)
}

// ConfirmTODO has a deadline of its own on a TODO.
func (a *API) ConfirmTODO(c *gin.Context) {
	var o work.Order
	if err := c.ShouldBindJSON(&o); err != nil {
		c.AbortWithStatus(http.StatusBadRequest)
		return
	}
	go func(o work.Order) { // want `the goroutine works on context\.TODO\(\), so what it does is in a trace of its own`
		ctx, cancel := context.WithTimeout(context.TODO(), 10*time.Second)
		defer cancel()
		_ = a.svc.Confirm(ctx, o)
	}(o)
	c.JSON(http.StatusAccepted, o)
}

// Record works on the request's context, which is cancelled by then.
func (a *API) Record(c *gin.Context) {
	ctx := c.Request.Context()
	o := work.Order{ID: c.Param("id")}
	go a.svc.Record(ctx, o) // want `the goroutine works on ctx, which is cancelled when the handler .*Record returns`
	c.Status(http.StatusNoContent)
}

// RecordSpelled spells it out: the argument is evaluated before the goroutine
// starts, so it is cancelled and no more.
func (a *API) RecordSpelled(c *gin.Context) {
	go a.svc.Record(c.Request.Context(), work.Order{ID: c.Param("id")}) // want `the goroutine works on c\.Request\.Context\(\), which is cancelled when the handler .*RecordSpelled returns`
	c.Status(http.StatusNoContent)
}

// RecordFunc does so in a literal that has the context in a local.
func (a *API) RecordFunc(c *gin.Context) {
	reqCtx := c.Request.Context()
	id := c.Param("id")
	go func() { // want `the goroutine works on reqCtx, which is cancelled when the handler .*RecordFunc returns`
		a.svc.Record(reqCtx, work.Order{ID: id})
	}()
}

// Captured reads gin's context when another request may have it.
func (a *API) Captured(c *gin.Context) {
	go func() { // want `the goroutine uses c after the handler .*Captured returned`
		a.svc.Record(c.Request.Context(), work.Order{ID: c.Param("id")})
	}()
	c.Status(http.StatusNoContent)
}

// CapturedOnlyRequest uses nothing of gin's context but the request.
func (a *API) CapturedOnlyRequest(c *gin.Context) {
	o := work.Order{ID: c.Param("id")}
	go func() { // want `the goroutine uses c after the handler .*CapturedOnlyRequest returned`
		_ = a.svc.Confirm(c.Request.Context(), o)
	}()
	c.Status(http.StatusNoContent)
}

// CapturedNoWork traces nothing; what it reads is another request's all the
// same.
func (a *API) CapturedNoWork(c *gin.Context) {
	go func() { // want `the goroutine uses c after the handler .*CapturedNoWork returned`
		time.Sleep(time.Second)
		println(c.ClientIP())
	}()
}

// Passed hands gin's context to a method of its own.
func (a *API) Passed(c *gin.Context) {
	go a.later(c) // want `the goroutine uses c after the handler .*Passed returned`
	c.Status(http.StatusAccepted)
}

func (a *API) later(c *gin.Context) {
	a.svc.Record(c.Request.Context(), work.Order{ID: c.Param("id")})
}

// Copied copies gin's context, which is right, but the copy's request has the
// same context.
func (a *API) Copied(c *gin.Context) {
	cp := c.Copy()
	go func() { // want `the goroutine works on cp\.Request\.Context\(\), which is cancelled when the handler .*Copied returns`
		a.svc.Record(cp.Request.Context(), work.Order{ID: cp.Param("id")})
	}()
	c.Status(http.StatusAccepted)
}

// Returned is a constructor of a handler.
func (a *API) Returned() gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx := c.Request.Context()
		url := c.Query("callback")
		go func() { // want `the goroutine works on ctx, which is cancelled when the handler`
			_ = spans.Hook(ctx, a.client, url)
		}()
		c.Status(http.StatusAccepted)
	}
}

// Routes has a literal as handler.
func (a *API) Routes(r *gin.RouterGroup) {
	r.POST("/hooks", func(c *gin.Context) {
		url := c.PostForm("url")
		go spans.Hook(context.Background(), a.client, url) // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		c.Status(http.StatusAccepted)
	})
}

// AfterFunc works on a root one second later.
func (a *API) AfterFunc(c *gin.Context) {
	o := work.Order{ID: c.Param("id")}
	time.AfterFunc(time.Second, func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		a.svc.Record(context.Background(), o)
	})
	c.Status(http.StatusAccepted)
}

// Derived has a deadline on the request's context: it is cancelled all the same.
func (a *API) Derived(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Minute)
	o := work.Order{ID: c.Param("id")}
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*Derived returns`
		defer cancel()
		a.svc.Record(ctx, o)
	}()
	c.Status(http.StatusAccepted)
}

// Loop starts one for each id.
func (a *API) Loop(c *gin.Context) {
	ctx := c.Request.Context()
	for _, id := range c.QueryArray("id") {
		go a.svc.Record(ctx, work.Order{ID: id}) // want `the goroutine works on ctx, which is cancelled when the handler .*Loop returns`
	}
	c.Status(http.StatusAccepted)
}
