// Package ports declares what services need; it does not know who does it.
package ports

import "context"

// Finder is implemented somewhere, by something that may be right.
type Finder interface {
	Find(id string) (string, error)
	FindContext(ctx context.Context, id string) (string, error)
}

// Sender is implemented twice, once without a root.
type Sender interface{ Send(text string) error }
