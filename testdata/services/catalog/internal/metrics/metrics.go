// Package metrics counts what the service does.
package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics are the counters of the service.
type Metrics struct {
	requests *prometheus.CounterVec
	views    *prometheus.CounterVec
}

// New returns counters that registry shows.
func New(registry prometheus.Registerer) *Metrics {
	m := &Metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "catalog_requests_total", Help: "Requests, by what was asked for.",
		}, []string{"method", "target"}),
		views: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "catalog_views_total", Help: "Views of products, by kind of page.",
		}, []string{"page"}),
	}
	registry.MustRegister(m.requests, m.views)
	return m
}

// Count counts requests.
func (m *Metrics) Count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		m.requests.WithLabelValues(r.Method, r.URL.Path).Inc()
	})
}

// Viewed counts a view.
func (m *Metrics) Viewed(page string) { m.views.WithLabelValues(page).Inc() }
