// Package routes plans; it embeds the fleet.
package routes

import (
	"context"
	"fmt"
	"strings"

	v "github.com/tracevet/tracevet/testdata/rootctx/fleet/vehicles"
)

// A Planner plans.
type Planner struct {
	*v.Fleet
	fixed map[string]v.Vehicle
}

// Vehicle asks the fleet for what is not given.
func (p *Planner) Vehicle(plate string) (v.Vehicle, error) {
	if one, ok := p.fixed[plate]; ok {
		return one, nil
	}
	one, err := p.Lookup(strings.ToUpper(plate))
	if err != nil {
		return one, fmt.Errorf("vehicle %q: %w", plate, err)
	}
	return one, nil
}

// Plan has a context for one of the calls; the other has no place for it.
func (p *Planner) Plan(ctx context.Context, km int64) error {
	all, err := p.All(ctx)
	if err != nil {
		return err
	}
	for _, one := range all {
		if err := p.Drive(one.Plate, km); err != nil { // a limit: whether the caller serves a request is not known
			return err
		}
	}
	return nil
}

// Map applies fn to each of the vehicles, in this call.
func Map[T any](p *Planner, plates []string, fn func(v.Vehicle) (T, error)) (out []T, err error) {
	for _, plate := range plates {
		one, err := p.Vehicle(plate)
		if err != nil {
			return nil, err
		}
		t, err := fn(one)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}
