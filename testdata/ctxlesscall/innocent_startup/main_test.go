package main

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Tests do as they like.
func TestServer(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if resp, err := http.Get(r.FormValue("url")); err == nil {
			_ = resp.Body.Close()
		}
	})
	h(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
}

func seed(ctx context.Context, db *sql.DB) error {
	_, err := db.Exec("INSERT INTO sessions VALUES (1)")
	return err
}

var _ = seed
