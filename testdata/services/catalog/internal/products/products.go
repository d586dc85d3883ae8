// Package products knows what the shop sells.
package products

import (
	"context"
	"log/slog"
	"time"

	"github.com/tracevet/tracevet/testdata/services/catalog/internal/telemetry"
)

// A Repository keeps products.
type Repository interface {
	Product(ctx context.Context, sku string) (Product, error)
	Tagged(ctx context.Context, tag string) []Product
	View(ctx context.Context, sku string) error
}

// Service answers questions about products.
type Service struct {
	repo  Repository
	limit time.Duration
}

// NewService returns a Service on repo.
func NewService(repo Repository) *Service { return &Service{repo: repo, limit: time.Second} }

// Detail returns a product, and notes that it was looked at.
func (s *Service) Detail(ctx context.Context, sku string) (Product, error) {
	ctx, op := telemetry.Begin(ctx, "products.detail")
	defer op.Finish()

	p, err := s.repo.Product(ctx, sku)
	if err != nil {
		op.Fail(err)
		return Product{}, err
	}
	go s.note(context.Background(), sku)
	return p, nil
}

// note is for those who decide what to buy next. It can wait.
func (s *Service) note(ctx context.Context, sku string) {
	if err := s.repo.View(ctx, sku); err != nil {
		slog.ErrorContext(ctx, "view", "sku", sku, "error", err)
	}
}

// Related returns products that have a tag in common with p.
func (s *Service) Related(ctx context.Context, p Product) []Product {
	ctx, op := telemetry.Begin(ctx, "products.related")
	defer op.Finish()

	var related []Product
	for _, tag := range p.Tags {
		for _, other := range s.tagged(tag) {
			if other.SKU != p.SKU {
				related = append(related, other)
			}
		}
	}
	return related
}

// tagged asks the repository, in time.
func (s *Service) tagged(tag string) []Product {
	ctx, cancel := context.WithTimeout(context.Background(), s.limit)
	defer cancel()
	return s.repo.Tagged(ctx, tag)
}
