// Package nottraced has metrics, and nothing to do with tracing.
package nottraced

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

var requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "requests"}, []string{"path"})

func Handler(w http.ResponseWriter, r *http.Request) {
	requests.WithLabelValues(r.URL.Path).Inc() // want `requests.WithLabelValues gets r.URL.Path, the path of a request`
}

// Route is silent: the template.
func Route(w http.ResponseWriter, r *http.Request) {
	requests.WithLabelValues(r.Pattern).Inc()
}
