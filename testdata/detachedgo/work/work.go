// Package work is the layer of services: it reaches the spans one package
// further down.
package work

import (
	"context"
	"time"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
)

// Order is what a customer orders.
type Order struct {
	ID    string
	Email string
}

// Service is the service.
type Service struct {
	audit *spans.Audit
}

// New is the constructor.
func New(audit *spans.Audit) *Service { return &Service{audit: audit} }

// Confirm sends a mail.
func (s *Service) Confirm(ctx context.Context, o Order) error {
	return spans.Mail(ctx, o.Email, "thank you for "+o.ID)
}

// Record writes the audit log, through a method of the package's.
func (s *Service) Record(ctx context.Context, o Order) { s.record(ctx, o.Email, "ordered "+o.ID) }

func (s *Service) record(ctx context.Context, who, what string) {
	_ = s.audit.Write(ctx, who, what)
}

// Price asks somebody.
func (s *Service) Price(ctx context.Context, id string) (int, error) {
	return len(id), spans.Mail(ctx, "prices@example.com", id)
}

// Wait only waits.
func Wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
