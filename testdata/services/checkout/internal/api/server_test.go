package api

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/admin"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/jobs"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/ledger"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/mail"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/memdb"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
)

// spans holds the spans that ended during the tests. The provider is set once
// for all of them: tracers stay with the first one they are given.
var spans = tracetest.NewSpanRecorder()

func TestMain(m *testing.M) {
	gin.SetMode(gin.TestMode)
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans)))
	otel.SetTextMapPropagator(propagation.TraceContext{})
	os.Exit(m.Run())
}

const goodCard, testCard = "4111111111111111", "4111111111110000"

// newShop returns the routes of a shop with ten teas, one kettle and no orders.
// The ids of its orders are o1, o2, ...
func newShop() (http.Handler, *store.Store) {
	st := store.New()
	st.AddProduct("tea", 450, 10)
	st.AddProduct("kettle", 3900, 1)
	orders := 0
	newID := func() string {
		orders++
		return fmt.Sprint("o", orders)
	}
	books := ledger.New(sql.OpenDB(memdb.New()))
	s := NewServer(Parts{
		Store: st,
		Books: books,
		Mail:  mail.NewDesk(mail.Log{}),
		Queue: jobs.NewQueue(1),
		Admin: &admin.Desk{Store: st, Books: books, Runner: jobs.NewRunner(st, time.Hour), Token: "secret"},
	}, newID)
	return s.Handler(), st
}

// call sends a request and returns the status and the JSON object of the reply.
func call(t *testing.T, h http.Handler, method, path, body string) (int, map[string]any) {
	t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	reply := map[string]any{}
	if rec.Body.Len() > 0 {
		if err := json.Unmarshal(rec.Body.Bytes(), &reply); err != nil {
			t.Fatalf("%s %s: reply %q: %v", method, path, rec.Body, err)
		}
	}
	return rec.Code, reply
}

func items(sku string, quantity int) string {
	return fmt.Sprintf(`{"items":[{"sku":%q,"quantity":%d}]}`, sku, quantity)
}

func TestRequests(t *testing.T) {
	type request struct {
		method, path, body string
		status             int
	}
	order := request{"POST", "/orders", items("tea", 2), 201}
	pay := request{"POST", "/orders/o1/payment", `{"card":"` + goodCard + `"}`, 204}
	cancel := request{"DELETE", "/orders/o1", "", 204}

	for _, test := range []struct {
		name     string
		requests []request
	}{
		{"health", []request{{"GET", "/healthz", "", 204}}},
		{"no such route", []request{{"GET", "/nothing", "", 404}}},

		{"product", []request{{"GET", "/products/tea", "", 200}}},
		{"product that is not sold", []request{{"GET", "/products/car", "", 404}}},

		{"quote", []request{{"POST", "/quotes", items("tea", 1), 200}}},
		{"quote for nothing", []request{{"POST", "/quotes", `{"items":[]}`, 400}}},
		{"quote for what is not sold", []request{{"POST", "/quotes", items("car", 1), 404}}},

		{"order", []request{order}},
		{"order that is not JSON", []request{{"POST", "/orders", `{"items":`, 400}}},
		{"order of what is not sold", []request{{"POST", "/orders", items("car", 1), 404}}},
		{"order of too much", []request{{"POST", "/orders", items("tea", 11), 409}}},
		{"order of the last one, twice", []request{
			{"POST", "/orders", items("kettle", 1), 201},
			{"POST", "/orders", items("kettle", 1), 409},
		}},

		{"get", []request{order, {"GET", "/orders/o1", "", 200}}},
		{"get none", []request{{"GET", "/orders/o1", "", 404}}},

		{"pay", []request{order, pay}},
		{"pay twice", []request{order, pay, {pay.method, pay.path, pay.body, 409}}},
		{"pay none", []request{{pay.method, pay.path, pay.body, 404}}},
		{"pay with a short number", []request{order, {pay.method, pay.path, `{"card":"4111"}`, 400}}},
		{"pay with a declined card", []request{order,
			{pay.method, pay.path, `{"card":"` + testCard + `"}`, 402},
			pay,
		}},

		{"statement", []request{order, pay, {"GET", "/orders/o1/statement", "", 200}}},
		{"statement of none", []request{{"GET", "/orders/o1/statement", "", 404}}},
		{"balance without the token", []request{{"GET", "/admin/balances/cash", "", 401}}},

		{"cancel", []request{order, cancel}},
		{"cancel none", []request{{cancel.method, cancel.path, "", 404}}},
		{"cancel what is paid", []request{order, pay, {cancel.method, cancel.path, "", 409}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, _ := newShop()
			for _, r := range test.requests {
				status, reply := call(t, h, r.method, r.path, r.body)
				if status != r.status {
					t.Errorf("%s %s: status %d, want %d (%v)", r.method, r.path, status, r.status, reply)
				}
			}
		})
	}
}

func TestQuoteAddsShipping(t *testing.T) {
	h, _ := newShop()
	_, small := call(t, h, "POST", "/quotes", items("tea", 1))
	_, large := call(t, h, "POST", "/quotes", `{"items":[{"sku":"kettle","quantity":1},{"sku":"tea","quantity":10}]}`)
	if small["total_cents"] != 945.0 || large["total_cents"] != 8400.0 {
		t.Errorf("quotes %v and %v, want 945 and 8400", small, large)
	}
}

func TestReplyHoldsTheOrder(t *testing.T) {
	h, _ := newShop()
	_, created := call(t, h, "POST", "/orders", items("tea", 3))
	_, read := call(t, h, "GET", "/orders/o1", "")
	for _, order := range []map[string]any{created, read} {
		if order["id"] != "o1" || order["total_cents"] != 1350.0 || order["status"] != "pending" {
			t.Errorf("order %v", order)
		}
	}
}

// A payment is in the books, once the queue is empty.
func TestPaymentIsBooked(t *testing.T) {
	st := store.New()
	st.Insert(t.Context(), store.Order{ID: "o1", Total: 450, Status: store.Pending})
	parts := Parts{
		Store: st,
		Books: ledger.New(sql.OpenDB(memdb.New())),
		Mail:  mail.NewDesk(mail.Log{}),
		Queue: jobs.NewQueue(2),
	}
	h := NewServer(parts, nil).Handler()
	if status, reply := call(t, h, "POST", "/orders/o1/payment", `{"card":"`+goodCard+`"}`); status != http.StatusNoContent {
		t.Fatalf("status %d (%v), want 204", status, reply)
	}
	parts.Queue.Close()
	if _, statement := call(t, h, "GET", "/orders/o1/statement", ""); statement["paid_cents"] != 450.0 {
		t.Errorf("statement %v, want 450 paid", statement)
	}
}

// A failed order takes nothing from the shelf, a cancelled one gives it back.
func TestStockComesBack(t *testing.T) {
	h, st := newShop()
	both := `{"items":[{"sku":"tea","quantity":10},{"sku":"kettle","quantity":2}]}`
	if status, _ := call(t, h, "POST", "/orders", both); status != http.StatusConflict {
		t.Fatalf("status %d, want 409", status)
	}
	for range 2 {
		status, order := call(t, h, "POST", "/orders", items("tea", 10))
		if status != http.StatusCreated {
			t.Fatalf("status %d, want 201", status)
		}
		id := order["id"].(string)
		call(t, h, "DELETE", "/orders/"+id, "")
		if got, want := st.History(id), []string{"created", "cancelled"}; !slices.Equal(got, want) {
			t.Errorf("history of %s: %q, want %q", id, got, want)
		}
	}
}

// A request that comes with a trace is answered within it.
func TestServerSpanJoinsTheCallersTrace(t *testing.T) {
	h, _ := newShop()
	const trace = "0af7651916cd43dd8448eb211c80319c"
	req := httptest.NewRequest("GET", "/orders/o1", nil)
	req.Header.Set("traceparent", "00-"+trace+"-b7ad6b7169203331-01")
	h.ServeHTTP(httptest.NewRecorder(), req)
	for _, span := range spans.Ended() {
		if span.Name() == "GET /orders/:id" && span.SpanContext().TraceID().String() == trace {
			return
		}
	}
	t.Error("no server span in the caller's trace")
}
