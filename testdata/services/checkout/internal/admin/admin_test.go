package admin

import (
	"database/sql"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/jobs"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/ledger"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/memdb"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
)

// newDesk returns the routes for a shop with a paid order and a pending one.
func newDesk(t *testing.T) *gin.Engine {
	t.Helper()
	st := store.New()
	for id, status := range map[string]store.Status{"o1": store.Paid, "o2": store.Pending} {
		st.Insert(t.Context(), store.Order{ID: id, Status: status})
	}
	books := ledger.New(sql.OpenDB(memdb.New()))
	if err := books.Book(t.Context(), "o1", 450); err != nil {
		t.Fatal(err)
	}
	gin.SetMode(gin.TestMode)
	r := gin.New()
	desk := Desk{Store: st, Books: books, Runner: jobs.NewRunner(st, time.Hour), Token: "secret"}
	desk.Routes(r)
	return r
}

func TestRequests(t *testing.T) {
	const none = ""
	for _, test := range []struct {
		method, path, body, token string
		status                    int
		reply                     string
	}{
		{"GET", "/admin/census", none, "guess", 401, `{"error":"wrong token"}`},
		{"GET", "/admin/census", none, "secret", 200, `{"cancelled":0,"paid":1,"pending":1,"settled":0}`},
		{"GET", "/admin/balances/cash", none, "secret", 200, `{"cents":450}`},
		{"GET", "/admin/balances/sales", none, "secret", 200, `{"cents":-450}`},
		{"GET", "/admin/orders?id=o1&id=o2", none, "secret", 204, none},
		{"GET", "/admin/orders?id=o1&id=o3", none, "secret", 404, `{"error":"unknown order among the ids"}`},
		{"POST", "/admin/events", `{"order_id":"o1"}`, "secret", 400, none},
		{"POST", "/admin/events", `{"order_id":"o1","kind":"shipped"}`, "secret", 204, none},
		{"POST", "/admin/events", `{"order_id":"o2","kind":"shipped"}`, "secret", 409, none},
		{"POST", "/admin/events", `{"order_id":"o2","kind":"lost"}`, "secret", 204, none},
	} {
		req := httptest.NewRequest(test.method, test.path, strings.NewReader(test.body))
		req.Header.Set("Authorization", "Bearer "+test.token)
		rec := httptest.NewRecorder()
		newDesk(t).ServeHTTP(rec, req)
		if rec.Code != test.status || test.reply != none && rec.Body.String() != test.reply {
			t.Errorf("%s %s %s: status %d, reply %s, want %d %s", test.method, test.path, test.body, rec.Code, rec.Body, test.status, test.reply)
		}
	}
}
