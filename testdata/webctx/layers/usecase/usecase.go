// Package usecase is between the handlers and the ports.
package usecase

import (
	"context"

	"github.com/tracevet/tracevet/testdata/webctx/layers/port"
)

// Register is a use case.
type Register struct {
	Accounts port.Accounts
	Mailer   port.Mailer
}

// Execute implements port.Command.
func (r *Register) Execute(ctx context.Context, a port.Account) error {
	if err := r.Accounts.Put(ctx, a); err != nil {
		return err
	}
	return r.Mailer.Send(ctx, a.Mail, "welcome")
}

// Validate takes a context, as all steps do, and needs none.
func (r *Register) Validate(_ context.Context, a port.Account) bool { return a.ID != "" }
