// Package web is the highest layer: it knows neither a database nor a tracer.
package web

import (
	"database/sql"
	"net/http"

	"github.com/tracevet/tracevet/testdata/rootctx/layers/orders"
	"github.com/tracevet/tracevet/testdata/rootctx/layers/store"
)

// Web serves.
type Web struct {
	svc *orders.Service
	raw *sql.DB
}

// Handler is the whole of it.
func (wb *Web) Handler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /orders/{id}", wb.show)
	m.HandleFunc("DELETE /orders/{id}", wb.cancel)
	m.HandleFunc("GET /orders/{id}/state", func(w http.ResponseWriter, r *http.Request) {
		state, err := store.Load(wb.raw, r.PathValue("id")) // want `^store.Load starts a new trace: it reaches context.Background\(\) in .*Find`
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write([]byte(state))
	})
	return m
}

// show calls what takes its context; the fault is reported in orders.
func (wb *Web) show(w http.ResponseWriter, r *http.Request) {
	if _, err := wb.svc.Show(r.Context(), r.PathValue("id")); err != nil {
		http.NotFound(w, r)
	}
}

// cancel calls what takes none: two packages below is the root.
func (wb *Web) cancel(w http.ResponseWriter, r *http.Request) {
	if err := wb.svc.Cancel(r.PathValue("id")); err != nil { // want `starts a new trace: it reaches context.TODO\(\) in .*exec`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Open is start-up: no context is at hand, and the root below is for a ping.
func Open(dsn string) (*Web, error) {
	db, err := store.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	return &Web{svc: orders.New(db)}, nil
}
