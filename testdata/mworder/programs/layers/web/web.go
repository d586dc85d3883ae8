// Package web makes routers, some of which trace. What main puts around them
// is not known here.
package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/riandyrn/otelchi"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
)

// API has the handlers.
type API struct {
	Store *backend.Store
}

func (a *API) orders(w http.ResponseWriter, r *http.Request) {
	if _, err := a.Store.Orders(r.Context()); err != nil {
		http.Error(w, "orders", http.StatusInternalServerError)
	}
}

// Traced makes a router that traces.
func (a *API) Traced() http.Handler {
	r := chi.NewRouter()
	r.Use(otelchi.Middleware("api", otelchi.WithChiRoutes(r)))
	r.Get("/orders", a.orders)
	return r
}

// Plain makes one that does not.
func (a *API) Plain() http.Handler {
	r := chi.NewRouter()
	r.Get("/orders", a.orders)
	return r
}

// Users is a middleware that asks the database.
func (a *API) Users(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := a.Store.UserOf(r.Context(), r.Header.Get("Authorization")); err != nil {
			http.Error(w, "denied", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
