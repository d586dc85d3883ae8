package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

// freeShipping is the total, in cents, from which the shop pays for shipping.
const (
	freeShipping = 5000
	shippingFee  = 495
)

var errDeclined = errors.New("card declined")

type paymentRequest struct {
	Card string `json:"card" binding:"required,len=16,numeric"`
}

// createQuote replies with what the items would cost: 200, 400 or 404.
func (s *Server) createQuote(c *gin.Context) {
	var req itemsRequest
	if err := c.ShouldBindJSON(&req); err != nil {
		fail(c, http.StatusBadRequest, err)
		return
	}
	total, err := s.quote(c.Request.Context(), req.Items)
	if err != nil {
		fail(c, http.StatusNotFound, err)
		return
	}
	// Not a span of this function: it adds to that of the request.
	trace.SpanFromContext(c.Request.Context()).SetAttributes(attribute.Int("quote.total", total))
	c.JSON(http.StatusOK, gin.H{"total_cents": total})
}

func (s *Server) quote(ctx context.Context, items []store.Item) (total int, err error) {
	ctx, span := telemetry.StartSpan(ctx, "api.quote", attribute.Int("items", len(items)))
	telemetry.End(span, &err)

	total, err = s.store.Price(ctx, items)
	if err != nil {
		return 0, err
	}
	if total < freeShipping {
		total += shippingFee
	}
	return total, nil
}

// payOrder takes the money for an order: 204, 400 for a card number that
// cannot be one, 402 when the card is declined, 404, or 409 in another state.
func (s *Server) payOrder(c *gin.Context) {
	var req paymentRequest
	if err := c.ShouldBindJSON(&req); err != nil {
		fail(c, http.StatusBadRequest, err)
		return
	}
	err := s.pay(c.Request.Context(), c.Param("id"), req.Card)
	switch {
	case err == nil:
		s.book(c.Request.Context(), c.Param("id"))
		s.mail.Receipt(c.Param("id"))
		c.Status(http.StatusNoContent)
	case errors.Is(err, errDeclined):
		go s.mail.Declined(context.WithoutCancel(c.Request.Context()), c.Param("id"))
		fail(c, http.StatusPaymentRequired, err)
	case errors.Is(err, store.ErrNotFound):
		fail(c, http.StatusNotFound, err)
	default:
		fail(c, http.StatusConflict, err)
	}
}

// book has the payment of an order booked, in time.
func (s *Server) book(ctx context.Context, id string) {
	order, err := s.store.Find(ctx, id)
	if err != nil {
		return
	}
	s.queue.Submit(func() {
		if err := s.books.Book(context.Background(), order.ID, order.Total); err != nil {
			slog.Error("book", "order", order.ID, "error", err)
		}
	})
}

// getStatement replies with what the books say of an order, or 404.
func (s *Server) getStatement(c *gin.Context) {
	ctx, span := telemetry.StartSpan(c.Request.Context(), "api.get_statement")
	defer span.End()

	if _, err := s.store.Find(ctx, c.Param("id")); err != nil {
		fail(c, http.StatusNotFound, err)
		return
	}
	statement, err := s.books.Statement(ctx, c.Param("id"))
	if err != nil {
		fail(c, http.StatusInternalServerError, err)
		return
	}
	c.JSON(http.StatusOK, statement)
}

// pay authorises the payment, then marks the order as paid.
func (s *Server) pay(ctx context.Context, id, card string) error {
	authCtx, span := tracer.Start(ctx, "api.authorize")
	span.SetAttributes(attribute.String("order.id", id))
	if err := authorize(authCtx, card); err != nil {
		span.SetStatus(codes.Error, err.Error())
		span.End()
		return err
	}

	ctx, span = tracer.Start(ctx, "api.capture")
	defer span.End()
	if err := s.store.MarkPaid(ctx, id); err != nil {
		span.SetStatus(codes.Error, err.Error())
		return fmt.Errorf("capture: %w", err)
	}
	return nil
}

// authorize asks the card's issuer. Cards that end in zeros are test cards
// that are always declined.
func authorize(ctx context.Context, card string) error {
	if card[len(card)-4:] == "0000" {
		trace.SpanFromContext(ctx).AddEvent("declined")
		return errDeclined
	}
	return nil
}
