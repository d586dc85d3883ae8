// Package use calls what has roots somewhere, each in a way that is right, or
// that cannot be proved to be wrong.
package use

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/tracevet/tracevet/testdata/rootctx/innocent_chains/impl"
	"github.com/tracevet/tracevet/testdata/rootctx/innocent_chains/ports"
)

// API has its needs as interfaces and as types.
type API struct {
	find  ports.Finder
	send  ports.Sender
	store *impl.Store
	next  func(string) (string, error)
}

// Interface calls the form without a context of an interface: who implements it
// is not known for sure, and ctxlesscall says that there is a form with one.
func (a *API) Interface(ctx context.Context, id string) (string, error) {
	return a.find.FindContext(ctx, id)
}

// Mixed calls an interface that one type implements without a root.
func (a *API) Mixed(c *gin.Context) {
	if err := a.send.Send(c.Param("text")); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

// Later calls what goes on in a goroutine.
func (a *API) Later(w http.ResponseWriter, r *http.Request) { a.store.Later(r.FormValue("id")) }

// Closing calls a clean-up in a defer.
func (a *API) Closing(ctx context.Context, id string) (string, error) {
	defer a.store.Close()
	return a.store.FindContext(ctx, id)
}

// Prepared calls what is done once for all.
func (a *API) Prepared(w http.ResponseWriter, r *http.Request) {
	a.store.Prepare()
	w.WriteHeader(http.StatusNoContent)
}

// Saved calls what has a root only in its defer.
func (a *API) Saved(c *gin.Context) {
	if err := a.store.Save(c.Param("text")); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

// Dynamic calls a function that it was given: which one is not known.
func (a *API) Dynamic(w http.ResponseWriter, r *http.Request) {
	name, err := a.next(r.FormValue("id"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write([]byte(name))
}

// Deferred defers a call with a root below it.
func (a *API) Deferred(ctx context.Context, id string) error {
	defer func() { _ = (&impl.Table{}).Send(id) }()
	_, err := a.store.FindContext(ctx, id)
	return err
}

// Goroutine has it in a goroutine.
func (a *API) Goroutine(w http.ResponseWriter, r *http.Request) {
	go func() { _ = (&impl.Table{}).Send(r.Method) }()
	w.WriteHeader(http.StatusAccepted)
}

// Worker has no context at hand: nightly calls it.
func (a *API) Worker(ids []string) {
	for _, id := range ids {
		_, _ = a.store.Find(id)
	}
}

// Handler makes a handler; what it calls itself is called at start-up.
func (a *API) Handler(table *impl.Table) gin.HandlerFunc {
	_ = table.Send("started")
	return func(c *gin.Context) {
		name, err := a.store.FindContext(c.Request.Context(), c.Param("id"))
		if err != nil {
			c.Status(http.StatusNotFound)
			return
		}
		c.String(http.StatusOK, name)
	}
}

// Stopped calls it when the context is over.
func (a *API) Stopped(ctx context.Context, table *impl.Table) error {
	<-ctx.Done()
	return table.Send("stopped")
}
