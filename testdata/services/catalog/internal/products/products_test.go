package products

import (
	"errors"
	"testing"
	"time"
)

func newShelf() *Shelf {
	shelf := NewShelf()
	shelf.Put(Product{SKU: "a", Name: "A", Tags: []string{"x"}})
	shelf.Put(Product{SKU: "b", Name: "B", Tags: []string{"x", "y"}})
	return shelf
}

func TestDetail(t *testing.T) {
	shelf := newShelf()
	s := NewService(shelf)
	if p, err := s.Detail(t.Context(), "a"); err != nil || p.Name != "A" {
		t.Errorf("got %v (%v)", p, err)
	}
	if _, err := s.Detail(t.Context(), "z"); !errors.Is(err, ErrUnknown) {
		t.Errorf("error %v, want ErrUnknown", err)
	}
	for deadline := time.Now().Add(10 * time.Second); shelf.Views("a") != 1; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d views, want 1", shelf.Views("a"))
		}
	}
}

func TestRelated(t *testing.T) {
	s := NewService(newShelf())
	b, _ := s.Detail(t.Context(), "b")
	if got := s.Related(t.Context(), b); len(got) != 1 || got[0].SKU != "a" {
		t.Errorf("got %v, want a", got)
	}
}
