package library

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/loans/internal/telemetry"
)

// What the methods of a Shelf return, possibly wrapped.
var (
	ErrUnknown = errors.New("no such book")
	ErrLent    = errors.New("the book is lent")
)

// A Book is in the library, or lent.
type Book struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Reader string `json:"reader,omitempty"`
}

// A Shelf keeps the books.
type Shelf struct {
	mu    sync.Mutex
	books map[string]*Book
	times map[string]int
}

// NewShelf returns an empty Shelf.
func NewShelf() *Shelf { return &Shelf{books: make(map[string]*Book), times: make(map[string]int)} }

// Add adds a book.
func (s *Shelf) Add(b Book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[b.ID] = &b
}

// Take lends a book to a reader: ErrUnknown, or ErrLent to another one.
func (s *Shelf) Take(ctx context.Context, id, reader string) (book Book, err error) {
	err = telemetry.With(ctx, "shelf.take", func(_ context.Context, span trace.Span) error {
		span.SetAttributes(attribute.String("book.id", id))
		s.mu.Lock()
		defer s.mu.Unlock()
		b, ok := s.books[id]
		switch {
		case !ok:
			return fmt.Errorf("%s: %w", id, ErrUnknown)
		case b.Reader != "" && b.Reader != reader:
			return fmt.Errorf("%s: %w", id, ErrLent)
		}
		b.Reader = reader
		book = *b
		return nil
	})
	return book, err
}

// PutBack takes a book back, whoever had it.
func (s *Shelf) PutBack(ctx context.Context, id string) (Book, error) {
	_, span := telemetry.Start(ctx, "shelf.put_back", attribute.String("book.id", id))
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.books[id]
	if !ok {
		err := fmt.Errorf("%s: %w", id, ErrUnknown)
		span.RecordError(err)
		span.End()
		return Book{}, err
	}
	if b.Reader == "" {
		return *b, nil
	}
	back := *b
	b.Reader = ""
	span.End()
	return back, nil
}

// Count counts that a book was lent.
func (s *Shelf) Count(ctx context.Context, id string) {
	_, span := telemetry.Start(ctx, "shelf.count", attribute.String("book.id", id))
	defer span.End()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.times[id]++
}

// Lent returns the books that a reader has.
func (s *Shelf) Lent(ctx context.Context, reader string) []Book {
	_, span := telemetry.Start(ctx, "shelf.lent "+reader)
	defer span.End()
	s.mu.Lock()
	defer s.mu.Unlock()
	lent := []Book{}
	for _, id := range []string{"b1", "b2", "b3"} {
		if b, ok := s.books[id]; ok && b.Reader == reader {
			lent = append(lent, *b)
		}
	}
	return lent
}
