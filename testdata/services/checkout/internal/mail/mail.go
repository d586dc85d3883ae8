// Package mail writes to the customers of the shop.
package mail

import (
	"context"
	"log/slog"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("checkout/mail")

// Transport takes a mail to the customer who placed an order.
type Transport interface {
	Deliver(ctx context.Context, orderID, text string) error
}

// Desk writes the mails. Its methods may be called concurrently.
type Desk struct {
	out Transport

	mu     sync.Mutex
	outbox []letter
}

type letter struct{ orderID, text string }

// NewDesk returns a Desk that sends its mails through out.
func NewDesk(out Transport) *Desk { return &Desk{out: out} }

// Cancellation confirms that an order was cancelled, with the next Deliver.
func (d *Desk) Cancellation(orderID string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.outbox = append(d.outbox, letter{orderID, "Your order was cancelled."})
}

// Deliver sends what waits in the outbox.
func (d *Desk) Deliver(ctx context.Context) {
	d.mu.Lock()
	letters := d.outbox
	d.outbox = nil
	d.mu.Unlock()
	for _, l := range letters {
		if err := d.out.Deliver(ctx, l.orderID, l.text); err != nil {
			slog.ErrorContext(ctx, "mail", "order", l.orderID, "error", err)
		}
	}
}

// Declined asks for another card.
func (d *Desk) Declined(ctx context.Context, orderID string) {
	if err := d.out.Deliver(ctx, orderID, "Your card was declined."); err != nil {
		slog.ErrorContext(ctx, "mail on a declined card", "order", orderID, "error", err)
	}
}

// Receipt thanks for the payment of an order.
func (d *Desk) Receipt(orderID string) {
	d.send(orderID, "We received your payment.")
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
