// Package admin is the part of the API for those who run the shop.
package admin

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/jobs"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/ledger"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
)

var tracer = otel.Tracer("checkout/admin")

var (
	errToken   = errors.New("wrong token")
	errUnknown = errors.New("unknown order among the ids")
)

// Desk answers the requests of those who know the token.
type Desk struct {
	Store  *store.Store
	Books  *ledger.Ledger
	Runner *jobs.Runner
	Token  string
}

// request is a request that was let in.
type request struct {
	*gin.Context
	actor string
}

// Routes adds the routes.
func (d *Desk) Routes(r gin.IRouter) {
	r = r.Group("/admin", d.authenticate)
	r.GET("/balances/:account", d.balance)
	r.GET("/census", d.census)
	r.GET("/orders", d.orders)
	r.POST("/events", func(c *gin.Context) { d.replay(request{c, c.GetString("actor")}) })
}

// authenticate lets in who knows the token: others get a 401.
func (d *Desk) authenticate(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "admin.authenticate")
	defer span.End()

	if !d.known(ctx, c.GetHeader("Authorization")) {
		fail(c, http.StatusUnauthorized, errToken)
		return
	}
	c.Set("actor", "admin")
	c.Next()
}

// known compares tokens, in constant time.
func (d *Desk) known(ctx context.Context, token string) bool {
	known := subtle.ConstantTimeCompare([]byte(token), []byte("Bearer "+d.Token)) == 1
	trace.SpanFromContext(ctx).SetAttributes(attribute.Bool("token.known", known))
	return known
}

// balance replies with what is on an account.
func (d *Desk) balance(c *gin.Context) {
	cents, err := d.Books.Balance(c.Param("account"))
	if err != nil {
		fail(c, http.StatusInternalServerError, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"cents": cents})
}

// census replies with how many orders are in which state.
func (d *Desk) census(c *gin.Context) {
	c.JSON(http.StatusOK, d.Runner.Census(c.Request.Context(), store.Pending, store.Paid, store.Settled, store.Cancelled))
}

// orders checks a list of ids: 204 if there is an order for each, or 404.
func (d *Desk) orders(c *gin.Context) {
	unknown := slices.ContainsFunc(c.QueryArray("id"), func(id string) bool {
		_, err := d.Store.Find(context.TODO(), id)
		return err != nil
	})
	if unknown {
		fail(c, http.StatusNotFound, errUnknown)
		return
	}
	c.Status(http.StatusNoContent)
}

// replay handles an event of the warehouse once more: 204, 400, or 409.
func (d *Desk) replay(r request) {
	var e jobs.Event
	if err := r.ShouldBindJSON(&e); err != nil {
		fail(r.Context, http.StatusBadRequest, err)
		return
	}
	trace.SpanFromContext(r.Request.Context()).SetAttributes(attribute.String("actor", r.actor))
	if err := d.Runner.Handle(r, e); err != nil {
		fail(r.Context, http.StatusConflict, err)
		return
	}
	r.Status(http.StatusNoContent)
}

func fail(c *gin.Context, status int, err error) {
	c.AbortWithStatusJSON(status, gin.H{"error": err.Error()})
}
