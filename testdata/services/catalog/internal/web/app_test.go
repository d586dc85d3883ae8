package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tracevet/tracevet/testdata/services/catalog/internal/metrics"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/products"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/reviews"
)

func TestRequests(t *testing.T) {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/reviews/tea" {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		w.Write([]byte(`{"count":3,"stars":4.5}`))
	}))
	defer upstream.Close()
	shelf := products.NewShelf()
	shelf.Put(products.Product{SKU: "tea", Name: "Tea", Tags: []string{"drink"}})
	shelf.Put(products.Product{SKU: "mate", Name: "Mate", Tags: []string{"drink"}})
	registry := prometheus.NewRegistry()
	app := App{
		Products: products.NewService(shelf), Reviews: reviews.NewClient(upstream.URL),
		Metrics: metrics.New(registry), Registry: registry,
	}
	routes := app.Routes()
	for _, test := range []struct {
		path, key string
		status    int
		reply     string
	}{
		{"/products/tea", "none", 401, `{"error":"unknown key"}`},
		{"/products/tea", "k-1", 200, `{"sku":"tea","name":"Tea","tags":["drink"],"reviews":{"count":3,"stars":4.5}}`},
		{"/products/mate", "k-2", 200, `{"sku":"mate","name":"Mate","tags":["drink"]}`},
		{"/products/milk", "k-1", 404, `{"error":"milk: no such product"}`},
		{"/products/tea/related", "k-1", 200, `[{"sku":"mate","name":"Mate","tags":["drink"]}]`},
		{"/products/milk/related", "k-1", 404, `{"error":"milk: no such product"}`},
	} {
		req := httptest.NewRequest("GET", test.path, nil)
		req.Header.Set("X-API-Key", test.key)
		rec := httptest.NewRecorder()
		routes.ServeHTTP(rec, req)
		if got := strings.TrimSpace(rec.Body.String()); rec.Code != test.status || got != test.reply {
			t.Errorf("GET %s: status %d, reply %s, want %d %s", test.path, rec.Code, got, test.status, test.reply)
		}
	}
	rec := httptest.NewRecorder()
	routes.ServeHTTP(rec, httptest.NewRequest("GET", "/metrics", nil))
	if !strings.Contains(rec.Body.String(), `catalog_views_total{page="product"} 2`) {
		t.Errorf("metrics:\n%s", rec.Body)
	}
}
