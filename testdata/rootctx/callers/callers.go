package callers

import (
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// Find is the plain case.
func (d *Depot) Find(ctx context.Context, id string) (Parcel, error) {
	if err := ctx.Err(); err != nil {
		return Parcel{}, err
	}
	return d.read(context.Background(), id) // want `^context.Background\(\) starts a new trace, although the caller's context is at hand: ctx$`
}

// Save has TODO and an interface call.
func (d *Depot) Save(ctx context.Context, p Parcel) error {
	if err := d.write(ctx, p); err != nil {
		return err
	}
	return d.main.Send(context.TODO(), p) // want `^context.TODO\(\) starts a new trace, although the caller's context is at hand: ctx$`
}

// Unnamed does not name its context, so that there is no spelling that compiles.
func (d *Depot) Unnamed(_ context.Context, id string) (Parcel, error) {
	return d.read(context.Background(), id) // want `context.Background\(\) starts a new trace, although the caller's context is at hand`
}

// Nameless has parameters without names.
func (d *Depot) Nameless(context.Context, Parcel) error {
	return d.write(context.TODO(), Parcel{}) // want `context.TODO\(\) starts a new trace, although the caller's context is at hand`
}

// Short has the deadline over a root.
func (d *Depot) Short(ctx context.Context, id string) (string, error) {
	tctx, cancel := context.WithTimeout(context.Background(), time.Second) // want `the caller's context is at hand: ctx$`
	defer cancel()
	return d.main.Track(tctx, id)
}

// Values puts values on a root, one on top of the other.
func (d *Depot) Values(parent context.Context, p Parcel) error {
	type key string
	ctx := context.WithValue(context.WithValue(context.Background(), key("id"), p.ID), key("city"), p.City) // want `the caller's context is at hand: parent$`
	return d.write(ctx, p)
}

// Cancel makes a root that can be cancelled, and reads the first answer.
func (d *Depot) Cancel(ctx context.Context, id string) (city string) {
	race, cancel := context.WithCancel(context.Background()) // want `the caller's context is at hand: ctx$`
	answers := make(chan string, len(d.carriers))
	for _, c := range d.carriers {
		where, err := c.Track(race, id)
		if err == nil {
			answers <- where
		}
	}
	cancel()
	select {
	case city = <-answers:
	default:
	}
	return city
}

// Innermost has the context of its own span under another name.
func (d *Depot) Innermost(ctx context.Context, id string) error {
	spanCtx, span := start(ctx, "Innermost")
	defer span.End()
	p, err := d.read(spanCtx, id)
	if err != nil {
		return err
	}
	p.City = strings.ToUpper(p.City)
	return d.write(context.Background(), p) // want `the caller's context is at hand: spanCtx$`
}

// Rebound has it under the old name.
func (d *Depot) Rebound(ctx context.Context, p Parcel) error {
	ctx, span := start(ctx, "Rebound")
	defer span.End()
	span.AddEvent(p.City)
	if _, err := d.read(ctx, p.ID); err == nil {
		return nil
	}
	return d.write(context.TODO(), p) // want `the caller's context is at hand: ctx$`
}

// Reassigned throws the parameter away.
func (d *Depot) Reassigned(ctx context.Context, p Parcel) error {
	ctx = context.Background() // want `context.Background\(\) starts a new trace, although the caller's context is at hand`
	_, err := d.read(ctx, p.ID)
	return err
}

// Kept has the root in a variable with a suggestive name.
func (d *Depot) Kept(ctx context.Context, ids []string) (cities []string, err error) {
	dbCtx := context.Background() // want `the caller's context is at hand: ctx$`
	for _, id := range ids {
		if ctx.Err() == nil && id == "" {
			continue
		}
		p, err := d.read(dbCtx, id)
		if err != nil {
			return nil, err
		}
		cities = append(cities, p.City)
	}
	return cities, nil
}

// Shadowed has another variable of the name ctx in the block: the parameter
// cannot be spelled there, so it is not at hand. A limit: silent.
func (d *Depot) Shadowed(ctx context.Context, p Parcel) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if ctx := strings.Fields(p.City); len(ctx) > 1 {
		return d.write(context.Background(), Parcel{City: ctx[0]})
	}
	return d.write(ctx, p)
}

// ShadowedByType has a parameter of the name ctx of another type beside it.
func (d *Depot) ShadowedByType(c context.Context, ctx Parcel) error {
	if err := d.write(context.Background(), ctx); err != nil { // want `the caller's context is at hand: c$`
		return err
	}
	return d.main.Send(c, ctx)
}

// SecondParameter is not the first one.
func (d *Depot) SecondParameter(p Parcel, ctx context.Context) error {
	return d.main.Send(context.TODO(), p) // want `the caller's context is at hand: ctx$`
}

// Literal is a function literal with its own context, in a package variable's place.
var Literal = func(lit context.Context, d *Depot, id string) error {
	_, err := d.read(context.Background(), id) // want `the caller's context is at hand: lit$`
	return err
}

// OwnHelper has the root in a literal that within runs before it returns.
func (d *Depot) OwnHelper(ctx context.Context, p Parcel) error {
	return within(func() error {
		return d.main.Send(context.Background(), p) // want `the caller's context is at hand: ctx$`
	})
}

// GenericHelper does the same with a generic one.
func (d *Depot) GenericHelper(ctx context.Context, ps []Parcel) error {
	return each(ps, func(p Parcel) error {
		return d.write(context.TODO(), p) // want `the caller's context is at hand: ctx$`
	})
}

// Slices has the literal run by the standard library.
func (d *Depot) Slices(ctx context.Context, ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		_, err := d.main.Track(context.Background(), id) // want `the caller's context is at hand: ctx$`
		return err == nil
	})
}

// Group makes a group over a root and waits for it.
func (d *Depot) Group(ctx context.Context, ps ...Parcel) error {
	group, gctx := errgroup.WithContext(context.Background()) // want `the caller's context is at hand: ctx$`
	for _, p := range ps {
		group.Go(func() error { return d.write(gctx, p) })
	}
	return group.Wait()
}

// MethodValue calls through a method value.
func (d *Depot) MethodValue(ctx context.Context, id string) (Parcel, error) {
	read := d.read
	return read(context.Background(), id) // want `the caller's context is at hand: ctx$`
}

// Span starts the span itself over a root.
func (d *Depot) Span(ctx context.Context, id string) error {
	ctx2, span := start(context.Background(), "Span") // want `the caller's context is at hand: ctx$`
	defer span.End()
	_, err := d.read(ctx2, id)
	return err
}

// Direct starts it with the tracer.
func (d *Depot) Direct(ctx context.Context) {
	_, span := tracer.Start(context.TODO(), "Direct") // want `the caller's context is at hand: ctx$`
	defer span.End()
	span.AddEvent("leaf")
}

// Two has two roots, each of which is a fault.
func (d *Depot) Two(ctx context.Context, id string) error {
	p, err := d.read(context.Background(), id) // want `the caller's context is at hand: ctx$`
	if err != nil {
		return err
	}
	return d.write(context.Background(), p) // want `the caller's context is at hand: ctx$`
}

// Nested has one inside of the call's other arguments.
func (d *Depot) Nested(ctx context.Context, id string) error {
	return d.write(ctx, func() Parcel {
		p, _ := d.read(context.Background(), id) // want `the caller's context is at hand: ctx$`
		return p
	}())
}

// FixMe has a comment that admits the fault.
func (d *Depot) FixMe(ctx context.Context, p Parcel) error {
	// TODO: pass the context once the background job is gone
	return d.write(context.Background(), p) // want `the caller's context is at hand: ctx$`
}
