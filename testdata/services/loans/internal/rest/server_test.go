package rest

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/testdata/services/loans/internal/library"
)

type silent struct{}

func (silent) Notify(context.Context, string, string) error { return nil }

func TestRequests(t *testing.T) {
	shelf := library.NewShelf()
	shelf.Add(library.Book{ID: "b1", Title: "One"})
	desk := library.NewDesk(shelf, silent{})
	defer desk.Close()
	h := New(desk)
	for _, test := range []struct {
		method, path, body string
		status             int
		reply              string
	}{
		{"GET", "/healthz", "", 204, ""},
		{"POST", "/v1/loans", `{"reader":`, 400, ""},
		{"POST", "/v1/loans", `{"reader":"ann","books":["b1"]}`, 201, `[{"id":"b1","title":"One","reader":"ann"}]`},
		{"POST", "/v1/loans", `{"reader":"bob","books":["b1"]}`, 409, ""},
		{"POST", "/v1/loans", `{"reader":"bob","books":["b7"]}`, 404, ""},
		{"GET", "/v1/readers/ann/books", "", 200, `[{"id":"b1","title":"One","reader":"ann"}]`},
		{"POST", "/v1/returns", `{"books":["b1"]}`, 204, ""},
		{"GET", "/v1/readers/ann/books", "", 200, `[]`},
		{"POST", "/v1/returns", `{"books":["b7"]}`, 404, ""},
	} {
		req := httptest.NewRequest(test.method, test.path, strings.NewReader(test.body))
		req.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		if rec.Code != test.status || test.reply != "" && strings.TrimSpace(rec.Body.String()) != test.reply {
			t.Errorf("%s %s %s: status %d, reply %s, want %d %s", test.method, test.path, test.body, rec.Code, rec.Body, test.status, test.reply)
		}
	}
}
