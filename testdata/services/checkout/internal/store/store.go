// Package store keeps the orders and the stock of the shop. It holds them in
// memory; its methods take a context and are traced as those of a database
// would be.
package store

import (
	"context"
	"errors"
	"sort"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("checkout/store")

// What the methods of Store return, possibly wrapped.
var (
	ErrNotFound   = errors.New("not found")
	ErrOutOfStock = errors.New("out of stock")
	ErrState      = errors.New("order is in another state")
)

// Status is the state of an order.
type Status string

// The states of an order.
const (
	Pending   Status = "pending"
	Paid      Status = "paid"
	Settled   Status = "settled"
	Cancelled Status = "cancelled"
)

// Item is one line of an order.
type Item struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// Order is what a customer bought.
type Order struct {
	ID      string    `json:"id"`
	Items   []Item    `json:"items"`
	Total   int       `json:"total_cents"`
	Status  Status    `json:"status"`
	Created time.Time `json:"created"`
}

type product struct {
	price int // in cents
	stock int
}

// Store holds orders and stock. Its methods may be called concurrently.
type Store struct {
	mu       sync.Mutex
	orders   map[string]Order
	products map[string]*product
	history  map[string][]string
}

// New returns an empty Store.
func New() *Store {
	return &Store{
		orders:   make(map[string]Order),
		products: make(map[string]*product),
		history:  make(map[string][]string),
	}
}

// AddProduct puts quantity pieces of a product on the shelf, at price cents
// each.
func (s *Store) AddProduct(sku string, price, quantity int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.products[sku] = &product{price: price, stock: quantity}
}

// History returns what happened to an order, oldest first.
func (s *Store) History(id string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.history[id]...)
}

// note adds a line to the history of an order. s.mu is not held.
func (s *Store) note(ctx context.Context, id, what string) {
	_, span := tracer.Start(ctx, "store.note")
	defer span.End()

	s.mu.Lock()
	defer s.mu.Unlock()
	s.history[id] = append(s.history[id], what)
}

// byAge returns the orders that keep accepts, oldest first. s.mu is held.
func (s *Store) byAge(keep func(Order) bool) []Order {
	var kept []Order
	for _, o := range s.orders {
		if keep(o) {
			kept = append(kept, o)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].Created.Before(kept[j].Created) })
	return kept
}
