package callers

import (
	stdcontext "context"
	"net/http"
)

// carrier is what some functions get instead of a context: it has one in a field.
type carrier struct {
	ctx  stdcontext.Context
	name string
}

// Renamed uses the package under another name.
func (d *Depot) Renamed(ctx stdcontext.Context, id string) error {
	_, err := d.read(stdcontext.Background(), id) // want `starts a new trace, although the caller's context is at hand: ctx$`
	return err
}

// Client is given a context and a client.
func (d *Depot) Client(ctx stdcontext.Context, hc *http.Client, url string) (int, error) {
	req, err := http.NewRequestWithContext(stdcontext.TODO(), http.MethodHead, url, nil) // want `starts a new trace, although the caller's context is at hand: ctx$`
	if err != nil {
		return 0, err
	}
	resp, err := hc.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

// context is a variable here, so that the package has to be called otherwise.
func (d *Depot) contextVariable(context stdcontext.Context, p Parcel) error {
	if _, err := d.read(context, p.ID); err != nil {
		return err
	}
	return d.write(stdcontext.Background(), p) // want `the caller's context is at hand: context$`
}

type alias = stdcontext.Context

// Aliased has its context's type under an alias.
func (d *Depot) Aliased(a alias, p Parcel) error {
	return d.write(stdcontext.Background(), p) // want `the caller's context is at hand: a$`
}

// Embedded takes a type of the team's own that is a context.
func (d *Depot) Embedded(sc scopeContext, p Parcel) error {
	return d.write(stdcontext.Background(), p) // want `is at hand: sc`
}

// scopeContext is a context with something added.
type scopeContext struct {
	stdcontext.Context
	Tenant string
}

// Generic is a function over what is sent.
func Generic[T any](ctx stdcontext.Context, v T, send func(stdcontext.Context, T) error) error {
	ctx, span := start(ctx, "Generic")
	defer span.End()
	return send(stdcontext.Background(), v) // want `the caller's context is at hand: ctx$`
}

// use keeps carrier's fields in use.
func use(c carrier, d *Depot) error {
	_, err := d.read(c.ctx, c.name)
	return err
}
