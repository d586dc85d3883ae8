package library

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

type outbox struct {
	mu   sync.Mutex
	sent []string
}

func (o *outbox) Notify(_ context.Context, reader, text string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent = append(o.sent, reader+": "+text)
	return nil
}

func TestDesk(t *testing.T) {
	shelf, out := NewShelf(), new(outbox)
	shelf.Add(Book{ID: "b1", Title: "One"})
	shelf.Add(Book{ID: "b2", Title: "Two"})
	d := NewDesk(shelf, out)
	if books, err := d.Lend(t.Context(), "ann", []string{"b1"}); err != nil || len(books) != 1 {
		t.Errorf("lent %v (%v)", books, err)
	}
	if _, err := d.Lend(t.Context(), "bob", []string{"b2", "b1"}); !errors.Is(err, ErrLent) {
		t.Errorf("error %v, want ErrLent", err)
	}
	if got := d.Books(t.Context(), "bob"); len(got) != 0 {
		t.Errorf("bob has %v", got)
	}
	if got := d.Books(t.Context(), "ann"); len(got) != 1 {
		t.Errorf("ann has %v", got)
	}
	if err := d.Return(t.Context(), []string{"b1", "b2"}); err != nil {
		t.Error(err)
	}
	if err := d.Return(t.Context(), []string{"b9"}); !errors.Is(err, ErrUnknown) {
		t.Errorf("error %v, want ErrUnknown", err)
	}
	d.Close()
	if want := []string{"ann: Thank you for One"}; !slices.Equal(out.sent, want) {
		t.Errorf("sent %q, want %q", out.sent, want)
	}
}
