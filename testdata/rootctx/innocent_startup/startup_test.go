package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A test has its own roots, also where a request is at hand.
func TestBackground(t *testing.T) {
	a := &app{}
	h := func(w http.ResponseWriter, r *http.Request) {
		if a.db != nil {
			_ = a.migrate(context.Background())
		}
	}
	h(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	helper(t.Context(), a)
}

func helper(ctx context.Context, a *app) {
	if a.db != nil && ctx.Err() == nil {
		_ = a.migrate(context.TODO())
	}
}
