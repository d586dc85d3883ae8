package products

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/services/catalog/internal/telemetry"
)

// ErrUnknown is returned for a product that there is not.
var ErrUnknown = errors.New("no such product")

// Product is what the shop sells.
type Product struct {
	SKU  string   `json:"sku"`
	Name string   `json:"name"`
	Tags []string `json:"tags"`
}

// Shelf is a Repository in memory.
type Shelf struct {
	mu       sync.Mutex
	products map[string]Product
	views    map[string]int
}

// NewShelf returns an empty Shelf.
func NewShelf() *Shelf {
	return &Shelf{products: make(map[string]Product), views: make(map[string]int)}
}

// Put puts a product on the shelf.
func (s *Shelf) Put(p Product) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.products[p.SKU] = p
}

// Product returns a product, or ErrUnknown.
func (s *Shelf) Product(ctx context.Context, sku string) (Product, error) {
	_, op := telemetry.Begin(ctx, fmt.Sprintf("shelf.product %s", sku), attribute.String("db.statement", "SELECT * FROM products WHERE sku = ?"))
	s.mu.Lock()
	p, ok := s.products[sku]
	s.mu.Unlock()
	if !ok {
		return Product{}, fmt.Errorf("%s: %w", sku, ErrUnknown)
	}
	op.Finish()
	return p, nil
}

// Tagged returns the products with a tag, in the order of their names.
func (s *Shelf) Tagged(ctx context.Context, tag string) []Product {
	_, op := telemetry.Begin(ctx, "shelf.tagged", attribute.String("tag", tag))
	defer op.Finish()

	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Product
	for _, p := range s.products {
		if slices.Contains(p.Tags, tag) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b Product) int { return strings.Compare(a.Name, b.Name) })
	return found
}

// View notes that a product was looked at.
func (s *Shelf) View(ctx context.Context, sku string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, op := telemetry.Begin(ctx, "shelf.view")
	defer op.Finish()

	s.mu.Lock()
	defer s.mu.Unlock()
	s.views[sku]++
	return nil
}

// Views returns how often a product was looked at.
func (s *Shelf) Views(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.views[sku]
}
