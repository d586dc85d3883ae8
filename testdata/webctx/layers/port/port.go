// Package port has the interfaces between the layers.
package port

import "context"

// Mailer sends.
type Mailer interface {
	Send(ctx context.Context, to, text string) error
}

// Accounts stores.
type Accounts interface {
	Get(ctx context.Context, id string) (Account, error)
	Put(ctx context.Context, a Account) error
}

// Account is stored.
type Account struct{ ID, Mail string }

// Command is a generic use case.
type Command[In any] interface {
	Execute(ctx context.Context, in In) error
}
