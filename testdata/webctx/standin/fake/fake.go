// Package fake has a store that does nothing.
package fake

import "context"

// Store stands in for a real one.
type Store struct{ Err error }

// Ping does nothing with its context.
func (s *Store) Ping(ctx context.Context) error {
	if ctx == nil {
		return nil
	}
	return s.Err
}
