// Package service is between handlers and repositories: its calls reach the
// database one package further down. Nothing in it is a fault.
package service

import (
	"context"

	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// Orders is the service.
type Orders struct {
	repo *store.Orders
}

// New is the constructor.
func New(repo *store.Orders) *Orders { return &Orders{repo: repo} }

// Load reaches the database through two calls.
func (s *Orders) Load(ctx context.Context, id string) (store.Order, error) {
	return s.load(ctx, id)
}

func (s *Orders) load(ctx context.Context, id string) (store.Order, error) {
	return s.repo.Find(ctx, id)
}

// Place saves.
func (s *Orders) Place(ctx context.Context, it store.Order) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.repo.Save(ctx, it)
}

// Tenant reads a value: no trace.
func Tenant(ctx context.Context) string {
	v, _ := ctx.Value(tenantKey{}).(string)
	return v
}

type tenantKey struct{}
