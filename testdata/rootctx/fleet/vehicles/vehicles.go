// Package vehicles keeps vehicles with sqlx, behind a struct of functions.
package vehicles

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// A Vehicle is a row.
type Vehicle struct {
	Plate string `db:"plate"`
	Km    int64  `db:"km"`
}

type queries struct{ x sqlx.ExtContext }

func (q queries) one(plate string) (v Vehicle, err error) {
	return v, sqlx.GetContext(context.Background(), q.x, &v, "SELECT * FROM vehicles WHERE plate = $1", plate)
}

func (q queries) all(ctx context.Context) (vs []Vehicle, err error) {
	return vs, sqlx.SelectContext(ctx, q.x, &vs, "SELECT * FROM vehicles")
}

// Fleet embeds the queries.
type Fleet struct {
	queries
	onChange func(Vehicle)
}

// New makes one.
func New(x *sqlx.DB, onChange func(Vehicle)) *Fleet {
	return &Fleet{queries: queries{x}, onChange: onChange}
}

// Lookup reaches the root through a method that it has by embedding.
func (f *Fleet) Lookup(plate string) (Vehicle, error) { return f.one(plate) }

// Drive reaches it in a recursion.
func (f *Fleet) Drive(plate string, km int64) error {
	if km > 1000 {
		if err := f.Drive(plate, km-1000); err != nil {
			return err
		}
		km = 1000
	}
	v, err := f.one(plate)
	if err != nil {
		return err
	}
	v.Km += km
	f.onChange(v)
	return nil
}

// All passes the context on.
func (f *Fleet) All(ctx context.Context) ([]Vehicle, error) { return f.all(ctx) }
