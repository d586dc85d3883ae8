package store

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

// Price returns what the items cost together, in cents. The error is
// ErrNotFound for a product that the shop does not sell.
func (s *Store) Price(ctx context.Context, items []Item) (int, error) {
	_, span := tracer.Start(ctx, "store.price")
	defer span.End()

	s.mu.Lock()
	defer s.mu.Unlock()
	total := 0
	for _, item := range items {
		p, ok := s.products[item.SKU]
		if !ok {
			err := fmt.Errorf("product %s: %w", item.SKU, ErrNotFound)
			span.SetStatus(codes.Error, err.Error())
			return 0, err
		}
		total += p.price * item.Quantity
	}
	return total, nil
}

// Stock returns how much there is of a product, or ErrNotFound.
func (s *Store) Stock(ctx context.Context, sku string) (stock int, err error) {
	_, span := telemetry.StartSpan(ctx, "store.stock", attribute.String("item.sku", sku))
	defer telemetry.End(span, &err)

	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.products[sku]
	if !ok {
		return 0, fmt.Errorf("product %s: %w", sku, ErrNotFound)
	}
	return p.stock, nil
}

// Reserve takes the items from the shelf, all or none. The error is
// ErrOutOfStock.
func (s *Store) Reserve(ctx context.Context, items []Item) error {
	for i, item := range items {
		_, span := tracer.Start(ctx, "store.reserve_item",
			trace.WithAttributes(attribute.String("item.sku", item.SKU)))
		defer span.End()

		if err := s.take(item); err != nil {
			span.SetStatus(codes.Error, err.Error())
			s.Release(ctx, items[:i])
			return err
		}
	}
	return nil
}

// Release puts the items back on the shelf.
func (s *Store) Release(ctx context.Context, items []Item) {
	for _, item := range items {
		func() {
			_, span := tracer.Start(ctx, "store.release_item")
			defer span.End()
			span.SetAttributes(attribute.String("item.sku", item.SKU))

			s.mu.Lock()
			defer s.mu.Unlock()
			if p, ok := s.products[item.SKU]; ok {
				p.stock += item.Quantity
			}
		}()
	}
}

func (s *Store) take(item Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.products[item.SKU]
	if !ok || p.stock < item.Quantity {
		return fmt.Errorf("product %s: %w", item.SKU, ErrOutOfStock)
	}
	p.stock -= item.Quantity
	return nil
}
