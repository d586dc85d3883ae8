package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

type itemsRequest struct {
	Items []store.Item `json:"items" binding:"required,min=1"`
}

// createOrder reserves the items and stores the order: 201, 400 for a request
// that it cannot read, 404 for an unknown product, 409 when out of stock.
func (s *Server) createOrder(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "api.create_order")

	var req itemsRequest
	if err := c.ShouldBindJSON(&req); err != nil {
		span.End()
		fail(c, http.StatusBadRequest, err)
		return
	}
	total, err := s.store.Price(ctx, req.Items)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
		fail(c, http.StatusNotFound, err)
		return
	}
	if err := s.store.Reserve(ctx, req.Items); err != nil {
		span.SetStatus(codes.Error, err.Error())
		fail(c, http.StatusConflict, err)
		return
	}

	order := store.Order{
		ID:      s.newID(),
		Items:   req.Items,
		Total:   total,
		Status:  store.Pending,
		Created: s.now(),
	}
	s.store.Insert(ctx, order)
	span.SetAttributes(attribute.String("order.id", order.ID), attribute.Int("order.total", total))
	span.End()
	c.JSON(http.StatusCreated, order)
}

// getOrder replies with an order, or 404.
func (s *Server) getOrder(c *gin.Context) {
	ctx, span := telemetry.StartSpan(c.Request.Context(), "api.get_order")
	defer span.End()

	order, err := s.store.Find(ctx, c.Param("id"))
	if err != nil {
		span.SetAttributes(attribute.Bool("order.missing", true))
		fail(c, http.StatusNotFound, err)
		return
	}
	c.JSON(http.StatusOK, order)
}

// cancelOrder cancels a pending order: 204, 404, or 409 in another state.
func (s *Server) cancelOrder(c *gin.Context) {
	ctx := c.Request.Context()
	span := trace.SpanFromContext(ctx)
	defer span.End()
	span.SetAttributes(attribute.String("order.id", c.Param("id")))

	err := s.store.Cancel(ctx, c.Param("id"))
	switch {
	case errors.Is(err, store.ErrNotFound):
		fail(c, http.StatusNotFound, err)
	case err != nil:
		fail(c, http.StatusConflict, err)
	default:
		s.mail.Cancellation(c.Param("id"))
		s.deliver(ctx)
		c.Status(http.StatusNoContent)
	}
}

// deliver sends the mails that wait. That may take a while.
func (s *Server) deliver(ctx context.Context) {
	go s.mail.Deliver(ctx)
}
