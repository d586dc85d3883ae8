// Package orders is the layer between: it has the store in a field.
package orders

import (
	"context"
	"errors"

	"github.com/tracevet/tracevet/testdata/rootctx/layers/store"
	"go.opentelemetry.io/otel"
)

// Service is the business.
type Service struct{ db *store.DB }

// New makes one.
func New(db *store.DB) *Service { return &Service{db: db} }

// Show has a context that cannot reach the store.
func (s *Service) Show(ctx context.Context, id string) (store.Order, error) {
	ctx, span := otel.Tracer("orders").Start(ctx, "Show")
	defer span.End()
	if n, err := s.db.Count(ctx); err != nil || n == 0 {
		return store.Order{}, errors.Join(err, errors.New("no orders in "+s.db.Name()))
	}
	return s.db.Find(id) // a limit: whether the caller serves a request is not known
}

// ShowAgain is the second call of the same function: said once in a package.
func (s *Service) ShowAgain(ctx context.Context, id string) (store.Order, error) {
	if _, err := s.db.Count(ctx); err != nil {
		return store.Order{}, err
	}
	return s.db.Find(id)
}

// Place has a context; the root is one call below the store's method.
func (s *Service) Place(ctx context.Context, id string) error {
	if n, err := s.db.Count(ctx); err != nil || n > 100 {
		return err
	}
	return s.db.Put(store.Order{ID: id, State: "new"}) // a limit: whether the caller serves a request is not known
}

// Cancel has none: it passes the fault on to its callers.
func (s *Service) Cancel(id string) error { return s.remove(id) }

func (s *Service) remove(id string) error { return s.db.Drop(id) }

// Archive is for the nightly job, and called by nobody with a context.
func (s *Service) Archive() error { return s.db.Drop("") }
