// Package library lends books.
package library

import (
	"context"
	"log/slog"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/loans/internal/telemetry"
)

// A Notifier writes to readers.
type Notifier interface {
	Notify(ctx context.Context, reader, text string) error
}

// A Desk is where books are lent.
type Desk struct {
	shelf   *Shelf
	notices Notifier
	pending sync.WaitGroup
}

// NewDesk returns a Desk that lends from shelf.
func NewDesk(shelf *Shelf, notices Notifier) *Desk {
	return &Desk{shelf: shelf, notices: notices}
}

// Lend lends books to a reader, all or none.
func (d *Desk) Lend(ctx context.Context, reader string, ids []string) ([]Book, error) {
	_, span := telemetry.Start(ctx, "desk.lend", attribute.String("reader.id", reader))
	defer span.End()

	var books []Book
	for _, id := range ids {
		b, err := d.shelf.Take(ctx, id, reader)
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
			d.undo(context.WithoutCancel(ctx), books)
			return nil, err
		}
		books = append(books, b)
	}
	d.tally(books)
	return books, nil
}

// tally counts what is lent, for the yearly report.
func (d *Desk) tally(books []Book) {
	for _, b := range books {
		d.shelf.Count(context.TODO(), b.ID)
	}
}

// undo puts back what was lent.
func (d *Desk) undo(ctx context.Context, books []Book) {
	for _, b := range books {
		if _, err := d.shelf.PutBack(ctx, b.ID); err != nil {
			slog.ErrorContext(ctx, "undo", "book", b.ID, "error", err)
		}
	}
}

// Return takes books back, and thanks their reader for each.
func (d *Desk) Return(ctx context.Context, ids []string) error {
	var span trace.Span
	for _, id := range ids {
		ctx, span = telemetry.Start(ctx, "desk.return", attribute.String("book.id", id))
		book, err := d.shelf.PutBack(ctx, id)
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
			span.End()
			return err
		}
		d.thank(ctx, book)
		span.End()
		span.AddEvent("book.returned")
	}
	return nil
}

// thank writes to the reader, who need not wait for it.
func (d *Desk) thank(ctx context.Context, book Book) {
	if book.Reader == "" {
		return
	}
	d.pending.Go(func() {
		if err := d.notices.Notify(context.Background(), book.Reader, "Thank you for "+book.Title); err != nil {
			slog.ErrorContext(ctx, "thank", "reader", book.Reader, "error", err)
		}
	})
}

// Books returns what a reader has.
func (d *Desk) Books(ctx context.Context, reader string) []Book {
	ctx, span := telemetry.Start(ctx, "desk.books")
	span.End()
	return d.shelf.Lent(ctx, reader)
}

// Close waits for what is not done yet.
func (d *Desk) Close() { d.pending.Wait() }
