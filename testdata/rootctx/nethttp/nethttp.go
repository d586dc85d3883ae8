// Package nethttp serves files and users with net/http alone, and imports
// OpenTelemetry nowhere.
package nethttp

import (
	. "context"
	"database/sql"
	"encoding/json"
	"log"
	"net/http"
	"strings"
)

// Users is a handler by itself.
type Users struct {
	db   *sql.DB
	next http.Handler
}

// ServeHTTP reads with a root; the package context has no name here.
func (u *Users) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	row := u.db.QueryRowContext(Background(), "SELECT name FROM users WHERE id = $1", r.PathValue("id")) // want `starts a new trace, although the request's context is at hand: r.Context\(\)`
	var name string
	if err := row.Scan(&name); err != nil {
		u.next.ServeHTTP(w, r)
		return
	}
	_ = json.NewEncoder(w).Encode(name)
}

// Handler is a constructor of a handler; its own query is made at start-up, and
// may have a root.
func Handler(db *sql.DB) http.Handler {
	var names int
	if err := db.QueryRowContext(Background(), "SELECT count(*) FROM users").Scan(&names); err != nil {
		log.Print(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := db.ExecContext(TODO(), "INSERT INTO hits VALUES ($1, $2)", r.URL.Path, names) // want `starts a new trace, although the request's context is at hand: r.Context\(\)`
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

// Mux registers a method value, a handler and a literal.
func Mux(u *Users) *http.ServeMux {
	m := http.NewServeMux()
	m.Handle("GET /users/{id}", u)
	m.HandleFunc("GET /rename", u.rename)
	m.HandleFunc("GET /touch", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	m.HandleFunc("GET /drop", func(_ http.ResponseWriter, req *http.Request) {
		tx, err := u.db.BeginTx(Background(), nil) // want `starts a new trace, although the request's context is at hand: req.Context\(\)`
		if err != nil {
			return
		}
		if _, err := tx.ExecContext(req.Context(), "DELETE FROM users WHERE name = $1", req.FormValue("name")); err == nil {
			_ = tx.Commit()
		}
	})
	return m
}

func (u *Users) rename(w http.ResponseWriter, r *http.Request) {
	if r = limited(r); r == nil {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	_, err := u.db.ExecContext(Background(), "UPDATE users SET name = $1", r.FormValue("to")) // want `starts a new trace, although the request's context is at hand: r.Context\(\)`
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func limited(r *http.Request) *http.Request {
	if strings.HasPrefix(r.RemoteAddr, "10.") {
		return nil
	}
	return r
}

// Detach clones the request with a root before it goes on.
func Detach(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r2 := r.Clone(Background()) // want `starts a new trace, although the request's context is at hand: r.Context\(\)`
		r2.URL.Path = strings.TrimPrefix(r2.URL.Path, "/api")
		next.ServeHTTP(w, r2)
	})
}

// Bound gives the request a deadline, and drops its trace.
func Bound(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := WithCancelCause(Background()) // want `starts a new trace, although the request's context is at hand: r.Context\(\)`
		defer cancel(nil)
		next(w, r.WithContext(ctx))
	}
}

// Transport is the client's side: a round tripper has a request, too.
type Transport struct {
	base http.RoundTripper
	auth *http.Client
}

// RoundTrip fetches a token with a root.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	tok, err := http.NewRequestWithContext(Background(), http.MethodPost, "https://auth/token", nil) // want `starts a new trace, although the request's context is at hand: req.Context\(\)`
	if err != nil {
		return nil, err
	}
	resp, err := t.auth.Do(tok)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", resp.Header.Get("X-Token"))
	return t.base.RoundTrip(req)
}
