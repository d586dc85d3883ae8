// Package sqlxrepo calls sqlx without the context that is at hand.
package sqlxrepo

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"
	x "github.com/jmoiron/sqlx"
)

// A Device is a row.
type Device struct {
	ID   int64  `db:"id"`
	Name string `db:"name"`
}

// Devices is a repository, over a handle with sqlx under another name.
type Devices struct{ h *x.DB }

// Get reads one.
func (d *Devices) Get(ctx context.Context, id int64) (dev Device, err error) {
	return dev, d.h.Get(&dev, "SELECT * FROM devices WHERE id = $1", id) // want `h.Get has no context, so its work is not in the trace: GetContext takes one`
}

// List reads all in a handler.
func (d *Devices) List(w http.ResponseWriter, r *http.Request) {
	var all []Device
	if err := d.h.Select(&all, "SELECT * FROM devices WHERE name = $1", r.FormValue("name")); err != nil { // want `h.Select has no context.*: SelectContext takes one`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Save writes by name.
func (d *Devices) Save(c *fiber.Ctx) error {
	dev := Device{Name: c.FormValue("name")}
	_, err := d.h.NamedExec("INSERT INTO devices (name) VALUES (:name)", dev) // want `h.NamedExec has no context.*: NamedExecContext takes one`
	return err
}

// Swap has a transaction of sqlx.
func (d *Devices) Swap(ctx context.Context, a, b int64) error {
	tx, err := d.h.Beginx() // want `h.Beginx has no context.*: BeginTxx takes one`
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var one Device
	if err := tx.Get(&one, "SELECT * FROM devices WHERE id = $1", a); err != nil { // want `tx.Get has no context.*: GetContext takes one`
		return err
	}
	if _, err := tx.NamedExec("UPDATE devices SET id = :id", one); err != nil { // want `tx.NamedExec has no context.*: NamedExecContext takes one`
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE devices SET id = $1 WHERE id = $2", a, b); err != nil {
		return err
	}
	return tx.Commit()
}

// Rows iterates.
func (d *Devices) Rows(ctx context.Context) (n int, err error) {
	rows, err := d.h.Queryx("SELECT * FROM devices") // want `h.Queryx has no context.*: QueryxContext takes one`
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	return n, rows.Err()
}

// Inherited calls a method that sqlx has from database/sql by embedding.
func (d *Devices) Inherited(ctx context.Context) error {
	_, err := d.h.Exec("VACUUM") // want `h.Exec has no context.*: ExecContext takes one`
	return err
}

// In binds a list, and reads in the transaction that it is given.
func In(ctx context.Context, tx *x.Tx, ids []int64) (devs []Device, err error) {
	q, args, err := x.In("SELECT * FROM devices WHERE id IN (?)", ids)
	if err != nil {
		return nil, err
	}
	return devs, tx.Select(&devs, tx.Rebind(q), args...) // want `tx.Select has no context.*: SelectContext takes one`
}

// Must has the form that panics, and the row form.
func (d *Devices) Must(ctx context.Context, name string) (dev Device, err error) {
	d.h.MustExec("INSERT INTO devices (name) VALUES ($1)", name)                        // want `h.MustExec has no context.*: MustExecContext takes one`
	err = d.h.QueryRowx("SELECT * FROM devices WHERE name = $1", name).StructScan(&dev) // want `h.QueryRowx has no context.*: QueryRowxContext takes one`
	return dev, err
}

// Prepared prepares by name; the statement has the same fault.
func (d *Devices) Prepared(ctx context.Context, name string) (dev Device, err error) {
	st, err := d.h.PrepareNamed("SELECT * FROM devices WHERE name = :name") // want `h.PrepareNamed has no context.*: PrepareNamedContext takes one`
	if err != nil {
		return dev, err
	}
	return dev, st.Get(&dev, map[string]any{"name": name}) // want `st.Get has no context.*: GetContext takes one`
}

// Function calls the function of the package, which takes the handle.
func (d *Devices) Function(ctx context.Context, id int64) (dev Device, err error) {
	if ctx.Err() != nil {
		return dev, ctx.Err()
	}
	return dev, x.Get(d.h, &dev, "SELECT * FROM devices WHERE id = $1", id) // want `x.Get has no context.*: GetContext takes one`
}
