// Package handler is the web's layer: the work is two packages away.
package handler

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/rs/zerolog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"

	"github.com/tracevet/tracevet/testdata/webctx/layers/port"
	"github.com/tracevet/tracevet/testdata/webctx/layers/usecase"
)

// Accounts has the handlers.
type Accounts struct {
	register *usecase.Register
	command  port.Command[port.Account]
	store    port.Accounts
}

// Post runs a use case; the validation before it does no work.
func (h *Accounts) Post(ctx *gin.Context) {
	var in port.Account
	if err := ctx.ShouldBindJSON(&in); err != nil || !h.register.Validate(ctx, in) {
		ctx.AbortWithStatus(http.StatusBadRequest)
		return
	}
	if err := h.register.Execute(ctx, in); err != nil { // want `^ctx is used as a context, in which the request's span is not found unless`
		ctx.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": err.Error()})
		return
	}
	ctx.Status(http.StatusCreated)
}

// Put runs one by its interface.
func (h *Accounts) Put(ctx *gin.Context) {
	if err := h.command.Execute(ctx, port.Account{ID: ctx.Param("id")}); err != nil { // want `^ctx is used as a context, in which the request's span is not found unless`
		ctx.Status(http.StatusInternalServerError)
	}
}

// Get reads from the store in the initialisation of an if.
func (h *Accounts) Get(ctx *gin.Context) {
	if a, err := h.store.Get(ctx, ctx.Param("id")); err != nil { // want `^ctx is used as a context, in which the request's span is not found unless`
		ctx.Status(http.StatusNotFound)
	} else {
		ctx.JSON(http.StatusOK, a)
	}
}

// Inject writes the trace's header from it: there is none.
func (h *Accounts) Inject(c *gin.Context, out http.Header) {
	otel.GetTextMapPropagator().Inject(c, propagation.HeaderCarrier(out)) // want `^c is used as a context, in which the request's span is not found unless`
}

// Baggage reads the baggage from it: there is none.
func (h *Accounts) Baggage(c *gin.Context) string {
	return baggage.FromContext(c).Member("tenant").Value() // want `^c is used as a context, in which the request's span is not found unless`
}

// Log asks it for the logger of the request.
func (h *Accounts) Log(c *gin.Context) {
	zerolog.Ctx(c).Info().Msg("seen") // want `^c is used as a context, in which the request's span is not found unless`
}

// Deferred works in a defer.
func (h *Accounts) Deferred(c *gin.Context) {
	defer h.store.Put(c, port.Account{ID: "deferred"}) // want `^c is used as a context, in which the request's span is not found unless`
	c.Status(http.StatusOK)
}

// Select sends the result of a call in a select.
func (h *Accounts) Select(c *gin.Context, out chan<- error) {
	select {
	case out <- h.command.Execute(c, port.Account{}): // want `^c is used as a context, in which the request's span is not found unless`
	default:
	}
}
