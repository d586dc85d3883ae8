// Package backend is what the handlers of the fixtures work with: every method
// takes a context and does traced work under it.
package backend

import (
	"context"
	"database/sql"
	"errors"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("backend")

// ErrDenied says that the token is not known.
var ErrDenied = errors.New("denied")

// Order is what the shop sells.
type Order struct {
	ID    string
	Total int64
}

// Store keeps the orders.
type Store struct {
	db *sql.DB
}

// NewStore takes the database.
func NewStore(db *sql.DB) *Store { return &Store{db: db} }

// Orders starts a span and asks the database.
func (s *Store) Orders(ctx context.Context) ([]Order, error) {
	ctx, span := tracer.Start(ctx, "Store.Orders")
	defer span.End()
	rows, err := s.db.QueryContext(ctx, "SELECT id, total FROM orders")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var orders []Order
	for rows.Next() {
		var o Order
		if err := rows.Scan(&o.ID, &o.Total); err != nil {
			return nil, err
		}
		orders = append(orders, o)
	}
	return orders, rows.Err()
}

// UserOf starts no span of its own: the driver does.
func (s *Store) UserOf(ctx context.Context, token string) (string, error) {
	var user string
	err := s.db.QueryRowContext(ctx, "SELECT name FROM tokens WHERE token = $1", token).Scan(&user)
	return user, err
}

// Authorizer asks another service.
type Authorizer struct {
	client *http.Client
	url    string
}

// NewAuthorizer takes the service's address.
func NewAuthorizer(url string) *Authorizer {
	return &Authorizer{client: &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}, url: url}
}

// Check calls the service with the trace of ctx.
func (a *Authorizer) Check(ctx context.Context, token string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", token)
	res, err := a.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return ErrDenied
	}
	return nil
}
