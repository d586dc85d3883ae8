// Package store says what a store can do.
package store

import "context"

// Store is implemented elsewhere.
type Store interface {
	Ping(ctx context.Context) error
}
