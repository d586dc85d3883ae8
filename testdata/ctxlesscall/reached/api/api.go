// Package api serves requests with what is in package store.
package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/ctxlesscall/reached/store"
)

// Users is what the handlers see of the store.
type Users interface {
	Drop(id int) error
}

// An API has the handlers.
type API struct {
	store *store.Store
	users Users
}

// Show calls the store.
func (a *API) Show(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	name, err := a.store.Name(id) // want `^a.store.Name takes no context, so s.db.QueryRow in \(\*Store\).Name is not in the trace of handler \(\*API\).Show$`
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = w.Write([]byte(name))
}

// Again calls it too. Silent: one finding says what is to be done in the store.
func (a *API) Again(w http.ResponseWriter, r *http.Request) {
	name, _ := a.store.Name(1)
	_, _ = w.Write([]byte(name))
}

// Rename goes through a function of this package, and one of the store.
func (a *API) Rename(c *gin.Context) {
	if err := a.rename(c.Param("id"), c.Query("name")); err != nil {
		_ = c.AbortWithError(http.StatusInternalServerError, err)
	}
}

func (a *API) rename(id, name string) error {
	n, err := strconv.Atoi(id)
	if err != nil {
		return err
	}
	return a.store.Rename(n, name) // want `a.store.Rename takes no context, so s.db.Exec in \(\*Store\).exec is not in the trace of handler \(\*API\).Rename through rename`
}

// Job is no request. Silent: whoever runs it may have no trace.
func (a *API) Job(ctx context.Context) error {
	<-ctx.Done()
	return a.store.Names()
}

// Drop calls a method of an interface that one type has.
func (a *API) Drop(w http.ResponseWriter, r *http.Request) {
	_ = a.users.Drop(1) // want `a.users.Drop takes no context, so s.db.Exec in \(\*Store\).exec is not in the trace of handler \(\*API\).Drop`
}

// Count calls what has another form. That is a finding of its own, and the only one.
func (a *API) Count(w http.ResponseWriter, r *http.Request) {
	_, _ = a.store.Count() // want `a.store.Count has no context, so its work is not in the trace: CountContext takes one`
}
