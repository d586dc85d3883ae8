package ginapi

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// API holds what the handlers need.
type API struct {
	orders  *orderTable
	client  *http.Client
	timeout time.Duration
}

// GetOrder reads with a root: the query is in a trace of its own.
func (a *API) GetOrder(c *gin.Context) {
	o, err := a.orders.byID(context.Background(), c.Param("id")) // want `^context.Background\(\) starts a new trace, although the request's context is at hand: c.Request.Context\(\)$`
	if err != nil {
		c.AbortWithStatusJSON(http.StatusNotFound, gin.H{"error": err.Error()})
		return
	}
	c.JSON(http.StatusOK, o)
}

// PostOrder gives the write a deadline, over a root.
func (a *API) PostOrder(c *gin.Context) {
	var o Order
	if err := c.ShouldBindJSON(&o); err != nil {
		c.Status(http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), a.timeout) // want `the request's context is at hand: c.Request.Context\(\)`
	defer cancel()
	if err := a.orders.insert(ctx, o); err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Status(http.StatusCreated)
}

// Misnamed has a parameter called ctx, which is gin's: the code looks as if a
// context were not missing.
func (a *API) Misnamed(ctx *gin.Context) {
	n, err := a.orders.count(context.TODO(), ctx.Query("customer")) // want `^context.TODO\(\) starts a new trace, although the request's context is at hand: ctx.Request.Context\(\)$`
	if err != nil {
		ctx.Status(http.StatusInternalServerError)
		return
	}
	ctx.JSON(http.StatusOK, n)
}

// Traced starts a span of its own and leaves it alone: the innermost context is
// the one to use.
func (a *API) Traced(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "Traced")
	defer span.End()
	o, err := a.orders.byID(ctx, c.Param("id"))
	if err != nil {
		c.Status(http.StatusNotFound)
		return
	}
	o.ID = ""
	if err := a.orders.insert(context.Background(), o); err != nil { // want `the request's context is at hand: ctx$`
		c.Status(http.StatusInternalServerError)
	}
}

// TracedOtherName is the same with other names.
func (a *API) TracedOtherName(gc *gin.Context) {
	traced, sp := tracer.Start(gc.Request.Context(), "TracedOtherName")
	defer sp.End()
	sp.AddEvent("counting")
	n, err := a.orders.count(context.TODO(), gc.Param("customer")) // want `the request's context is at hand: traced$`
	_ = traced
	gc.JSON(http.StatusOK, gin.H{"n": n, "err": err})
}

// Kept holds the root in a variable for several statements.
func (a *API) Kept(c *gin.Context) {
	ctx := context.Background() // want `the request's context is at hand: c.Request.Context\(\)`
	customer := c.GetHeader("X-Customer")
	if customer == "" {
		c.Status(http.StatusUnauthorized)
		return
	}
	ctx = context.WithValue(ctx, tenantKey{}, customer)
	n, err := a.orders.count(ctx, customer)
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	if n > 10 {
		err = a.orders.insert(ctx, Order{Customer: customer, Total: -1})
	}
	c.JSON(http.StatusOK, gin.H{"n": n, "err": err})
}

// Declared declares the variable first and chooses between the request's context
// and a root: that may be meant, so it is silent. A limit.
func (a *API) Declared(c *gin.Context) {
	var ctx context.Context
	if c.Query("fast") != "" {
		fast, cancel := context.WithTimeout(c.Request.Context(), time.Second)
		defer cancel()
		ctx = fast
	} else {
		ctx = context.Background()
	}
	o, err := a.orders.byID(ctx, c.Param("id"))
	c.JSON(http.StatusOK, gin.H{"order": o, "err": err})
}

// Upstream asks another service with a request that has a root.
func (a *API) Upstream(c *gin.Context) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://stock/"+c.Param("id"), nil) // want `the request's context is at hand: c.Request.Context\(\)`
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	resp, err := a.client.Do(req)
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	c.Status(resp.StatusCode)
}

// List is a constructor: the root is in the handler that it returns.
func (a *API) List() gin.HandlerFunc {
	limit := 100
	return func(c *gin.Context) {
		n, err := a.orders.count(context.Background(), c.Query("customer")) // want `the request's context is at hand: c.Request.Context\(\)`
		if err != nil || n > limit {
			c.Status(http.StatusTeapot)
			return
		}
		c.JSON(http.StatusOK, n)
	}
}

// customerOf is no handler, but has the request all the same.
func (a *API) customerOf(c *gin.Context, orderID string) (string, error) {
	o, err := a.orders.byID(context.Background(), orderID) // want `the request's context is at hand: c.Request.Context\(\)`
	return o.Customer, err
}

// Customer is a handler that uses it.
func (a *API) Customer(c *gin.Context) {
	name, err := a.customerOf(c, c.Param("id"))
	if err != nil {
		c.Status(http.StatusNotFound)
		return
	}
	c.String(http.StatusOK, name)
}
