// Package web is the HTTP face of the catalog.
package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/services/catalog/internal/metrics"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/products"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/reviews"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/telemetry"
)

// App answers requests.
type App struct {
	Products *products.Service
	Reviews  *reviews.Client
	Metrics  *metrics.Metrics
	Registry prometheus.Gatherer
}

// Routes returns the routes, traced.
func (a *App) Routes() http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.Recoverer)
	r.Use(keys{"k-1": "shop", "k-2": "partner"}.check)
	r.Use(otelchi.Middleware(telemetry.ServiceName, otelchi.WithChiRoutes(r), otelchi.WithRequestMethodInSpanName(true)))
	r.Use(audit, a.Metrics.Count)
	r.Get("/products/{sku}", a.product)
	r.Get("/products/{sku}/related", a.related)

	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(a.Registry, promhttp.HandlerOpts{}))
	mux.Handle("/", r)
	return mux
}

// page is a product and what customers think of it.
type page struct {
	products.Product
	Reviews *reviews.Summary `json:"reviews,omitempty"`
}

// product replies with a product: 200, or 404. It does without the reviews if it has to.
func (a *App) product(w http.ResponseWriter, r *http.Request) {
	op := telemetry.Current(r.Context())
	defer op.Finish()
	op.Set(attribute.String("product.sku", chi.URLParam(r, "sku")))

	p, err := a.Products.Detail(r.Context(), chi.URLParam(r, "sku"))
	if err != nil {
		fail(w, err)
		return
	}
	reply := page{Product: p}
	if sum, err := a.Reviews.Summary(r.Context(), p.SKU); err == nil {
		reply.Reviews = &sum
	}
	a.Metrics.Viewed("product")
	write(w, http.StatusOK, reply)
}

// related replies with products that go with one: 200, or 404.
func (a *App) related(w http.ResponseWriter, r *http.Request) {
	p, err := a.Products.Detail(r.Context(), chi.URLParam(r, "sku"))
	if err != nil {
		fail(w, err)
		return
	}
	a.Metrics.Viewed("related")
	write(w, http.StatusOK, a.Products.Related(r.Context(), p))
}

func fail(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	if errors.Is(err, products.ErrUnknown) {
		status = http.StatusNotFound
	}
	write(w, status, map[string]string{"error": err.Error()})
}

func write(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}
