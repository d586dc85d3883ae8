// Package muxapi serves with gorilla/mux, through handlers that are generic
// over what they decode and answer.
package muxapi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/gorilla/mux"
	"github.com/redis/go-redis/v9"
	"go.opentelemetry.io/otel"
)

// A Deps is handed to each handler.
type Deps struct{ cache *redis.Client }

type (
	putIn  struct{ Key, Value string }
	putOut struct{ Old string }
)

func (d *Deps) put(ctx context.Context, in putIn) (putOut, error) {
	ctx, span := otel.Tracer("muxapi").Start(ctx, "put")
	defer span.End()
	old, err := d.cache.GetSet(ctx, in.Key, in.Value).Result()
	return putOut{Old: old}, err
}

// Handle makes a handler of a function: its context is a root.
func Handle[In, Out any](fn func(context.Context, In) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := fn(context.Background(), in) // want `the request's context is at hand: r.Context\(\)`
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(out)
	}
}

// Cached answers from the cache with a root.
func Cached[T any](d *Deps, fresh func(r *http.Request) (T, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := d.cache.Get(context.TODO(), mux.Vars(r)["key"]).Result() // want `the request's context is at hand: r.Context\(\)`
		if err == nil {
			_, _ = w.Write([]byte(text))
			return
		}
		v, err := fresh(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		_ = json.NewEncoder(w).Encode(v)
	})
}

// Router registers all of it.
func Router(d *Deps) *mux.Router {
	r := mux.NewRouter()
	r.Use(d.count)
	r.HandleFunc("/keys", Handle(d.put)).Methods(http.MethodPut)
	r.Handle("/keys/{key}", Cached(d, func(r *http.Request) (putOut, error) {
		old, err := d.cache.GetDel(context.Background(), mux.Vars(r)["key"]).Result() // want `the request's context is at hand: r.Context\(\)`
		return putOut{Old: old}, err
	}))
	return r
}

// count is a mux.MiddlewareFunc with a root.
func (d *Deps) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.cache.Incr(context.Background(), r.URL.Path) // want `the request's context is at hand: r.Context\(\)`
		next.ServeHTTP(w, r)
	})
}
