// Package params has handlers of the kind that go-swagger generates code for: the
// request is in a field of their parameter.
package params

import (
	"context"
	"database/sql"
	"net/http"
)

// GetParams are the parameters of one operation.
type GetParams struct {
	HTTPRequest *http.Request
	ID          string
}

// An API has a database.
type API struct {
	db  *sql.DB
	req *http.Request
}

// Get drops the context that it has.
func (a *API) Get(params GetParams) error {
	ctx := params.HTTPRequest.Context()
	if err := a.check(ctx, params.ID); err != nil {
		return err
	}
	return a.check(context.Background(), "all") // want `context.Background\(\) starts a new trace, although the caller's context is at hand: ctx`
}

// Right uses it. Silent.
func (a *API) Right(params *GetParams) error {
	ctx := params.HTTPRequest.Context()
	return a.check(ctx, params.ID)
}

// Kept has the request in its receiver. Silent: that one may be over, as a socket's is.
func (a *API) Kept(id string) error {
	ctx := a.req.Context()
	if ctx == nil {
		return nil
	}
	return a.check(context.Background(), id)
}

// None has no request. Silent.
func (a *API) None(params struct{ ID string }) error {
	return a.check(context.Background(), params.ID)
}

func (a *API) check(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "SELECT 1 WHERE id = $1", id)
	return err
}
