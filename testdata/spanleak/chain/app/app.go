// Package app is the third layer: an interface over what obs gives it.
package app

import (
	"context"

	"github.com/tracevet/tracevet/testdata/spanleak/chain/obs"
)

// Scope is what services see.
type Scope interface {
	Context() context.Context
	Note(msg string)
	Close(err error)
}

// Enter opens a scope for its caller.
func Enter(ctx context.Context, name string) Scope {
	return obs.NewRequest(ctx, name)
}

// EnterFunc opens one and returns the function that closes it.
func EnterFunc(ctx context.Context, name string) (context.Context, func(error)) {
	r := obs.NewRequest(ctx, name)
	return r.Context(), r.Close
}

// Do opens a scope, runs fn and closes it.
func Do(ctx context.Context, name string, fn func(Scope) error) (err error) {
	s := Enter(ctx, name)
	defer func() { s.Close(err) }()
	return fn(s)
}
