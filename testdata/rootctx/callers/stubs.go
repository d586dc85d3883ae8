// Package callers has functions that are given a context and use a root.
package callers

import (
	"context"
	"database/sql"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("callers")

// A Parcel is sent.
type Parcel struct{ ID, City string }

// A Carrier moves parcels; the context is its first argument.
type Carrier interface {
	Send(ctx context.Context, p Parcel) error
	Track(ctx context.Context, id string) (string, error)
}

// Depot is the repository of the parcels.
type Depot struct {
	db       *sql.DB
	carriers map[string]Carrier
	main     Carrier
}

func (d *Depot) read(ctx context.Context, id string) (p Parcel, err error) {
	ctx, span := start(ctx, "Depot.read")
	defer span.End()
	err = d.db.QueryRowContext(ctx, "SELECT id, city FROM parcels WHERE id = $1", id).Scan(&p.ID, &p.City)
	return p, err
}

func (d *Depot) write(ctx context.Context, p Parcel) error {
	ctx, span := start(ctx, "Depot.write")
	defer span.End()
	_, err := d.db.ExecContext(ctx, "INSERT INTO parcels VALUES ($1, $2)", p.ID, p.City)
	return err
}

// start is the team's wrapper.
func start(ctx context.Context, name string) (context.Context, trace.Span) {
	return tracer.Start(ctx, name)
}

// within runs fn before it returns.
func within(fn func() error) error {
	if err := fn(); err != nil {
		return err
	}
	return nil
}

// each runs fn for each parcel.
func each[S ~[]E, E any](s S, fn func(E) error) error {
	for _, e := range s {
		if err := fn(e); err != nil {
			return err
		}
	}
	return nil
}
