package excluded

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
)

// A test's handler may do so.
func TestPlain(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := r.FormValue("to")
		go spans.Mail(context.Background(), to, "test")
	}))
	defer srv.Close()
	go Plain(t.Context(), srv.URL)
}
