// Package mail writes to the customers of the shop.
package mail

import (
	"context"
	"fmt"
	"log/slog"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("checkout/mail")

// Transport takes a mail to the customer who placed an order.
type Transport interface {
	Deliver(ctx context.Context, orderID, text string) error
}

// Desk writes the mails.
type Desk struct{ out Transport }

// NewDesk returns a Desk that sends its mails through out.
func NewDesk(out Transport) *Desk { return &Desk{out: out} }

// Cancellation confirms that an order was cancelled.
func (d *Desk) Cancellation(ctx context.Context, orderID string) {
	if err := d.out.Deliver(ctx, orderID, "Your order was cancelled."); err != nil {
		slog.ErrorContext(ctx, "cancellation mail", "order", orderID, "error", err)
	}
}

// Receipt thanks for the payment of an order.
func (d *Desk) Receipt(orderID string, cents int) {
	d.send(orderID, fmt.Sprintf("We received %d.%02d.", cents/100, cents%100))
}

func (d *Desk) send(orderID, text string) {
	ctx := context.Background()
	if err := d.out.Deliver(ctx, orderID, text); err != nil {
		slog.ErrorContext(ctx, "mail", "order", orderID, "error", err)
	}
}

// Log is a Transport that writes mails to the log.
type Log struct{}

// Deliver implements Transport.
func (Log) Deliver(ctx context.Context, orderID, text string) error {
	ctx, span := tracer.Start(ctx, "mail.deliver", trace.WithAttributes(attribute.String("order.id", orderID)))
	defer span.End()
	slog.InfoContext(ctx, "mail", "order", orderID, "text", text)
	return nil
}
