// Package prom puts values into the labels of Prometheus metrics.
package prom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

var (
	requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "requests"}, []string{"method", "path"})
	latency  = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "latency"}, []string{"path"})
	size     = prometheus.NewSummaryVec(prometheus.SummaryOpts{Name: "size"}, []string{"path"})
	jobs     = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "jobs"}, []string{"id"})
	desc     = prometheus.NewDesc("up", "", []string{"id"}, nil)
	_        = otel.Tracer
)

func Values(w http.ResponseWriter, r *http.Request) {
	requests.WithLabelValues(r.Method, r.URL.Path).Inc() // want `^requests.WithLabelValues gets r.URL.Path, the path of a request, as a label, so each value of it makes a time series of its own$`
}

func Histogram(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	defer func() {
		latency.WithLabelValues(r.URL.Path).Observe(time.Since(start).Seconds()) // want `latency.WithLabelValues gets r.URL.Path`
	}()
}

func Summary(c *gin.Context) {
	size.WithLabelValues(c.Request.URL.Path).Observe(1) // want `the path of a request`
}

func Labels(w http.ResponseWriter, r *http.Request) {
	requests.With(prometheus.Labels{"method": r.Method, "path": r.URL.Path}).Inc() // want `requests.With gets r.URL.Path`
}

func LabelsInVariable(w http.ResponseWriter, r *http.Request) {
	labels := prometheus.Labels{"method": r.Method}
	labels["path"] = r.URL.Path // want `requests.With gets r.URL.Path`
	requests.With(labels).Inc()
}

func Get(ctx context.Context, id uuid.UUID) {
	if g, err := jobs.GetMetricWithLabelValues(id.String()); err == nil { // want `a unique id`
		g.Set(1)
	}
}

func GetWith(ctx context.Context, id uuid.UUID) {
	if g, err := jobs.GetMetricWith(prometheus.Labels{"id": id.String()}); err == nil { // want `a unique id`
		g.Set(1)
	}
}

func Curried(w http.ResponseWriter, r *http.Request) {
	requests.MustCurryWith(prometheus.Labels{"path": r.URL.Path}).WithLabelValues("GET").Inc() // want `the path of a request`
}

func Error(work func() error) {
	if err := work(); err != nil {
		jobs.WithLabelValues(err.Error()).Inc() // want `jobs.WithLabelValues gets err.Error\(\), the text of an error`
	}
}

func TraceID(ctx context.Context) {
	jobs.WithLabelValues(trace.SpanContextFromContext(ctx).TraceID().String()).Inc() // want `the id of a trace or span`
}

type job struct {
	ID int `gorm:"primaryKey"`
}

func Key(j job) {
	jobs.WithLabelValues(strconv.Itoa(j.ID)).Set(1) // want `the primary key of a record`
}

func Const(ch chan<- prometheus.Metric, id uuid.UUID) {
	ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, 1, id.String()) // want `prometheus.MustNewConstMetric gets id.String\(\)`
}

type metrics struct{ requests *prometheus.CounterVec }

func (m *metrics) count(method, path string) { m.requests.WithLabelValues(method, path).Inc() }

func Method(m *metrics, r *http.Request) {
	m.count(r.Method, r.URL.Path) // want `m.count gets r.URL.Path, the path of a request, as a label`
}

type recorder interface{ count(method, path string) }

func Interface(m recorder, r *http.Request) {
	m.count(r.Method, r.URL.Path) // want `the path of a request`
}

// Middleware has the fault in most services.
func Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path // want `requests.WithLabelValues gets r.URL.Path`
		next.ServeHTTP(w, r)
		requests.WithLabelValues(r.Method, path).Inc()
	})
}

// Twice is one fault.
func Twice(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path // want `requests.WithLabelValues gets r.URL.Path`
	requests.WithLabelValues("GET", path).Inc()
	latency.WithLabelValues(path).Observe(1)
}

type known struct{ Group, Path string }

// Either has the path on one of the ways, in the field that becomes the label.
func Either(r *http.Request, k *known) {
	if k == nil {
		k = &known{Path: r.URL.Path} // want `requests.WithLabelValues gets r.URL.Path`
	}
	requests.WithLabelValues(k.Group, k.Path).Inc()
}

// Other was checked in another element.
func Other(r *http.Request) {
	mode := r.URL.Query()["mode"] // want `requests.WithLabelValues gets r.URL, the query of a request`
	if errs := validate(mode[0]); len(errs) > 0 {
		return
	}
	requests.WithLabelValues("mode", mode[1]).Inc()
}

func validate(mode string) (errs []error) { return nil }

var errPull = errors.New("PullError")

// Made counts by the text of an error that may be one of those that are declared.
func Made(image string) {
	if err := pull(image); err != nil {
		requests.WithLabelValues("pull", err.Error()).Inc() // want `the text of an error`
	}
}

func pull(image string) error {
	if image == "" {
		return errPull
	}
	return fmt.Errorf("pull %s", image)
}

// Table has the path in the column that becomes the label.
func Table(r *http.Request) {
	for _, row := range []struct{ name, path string }{
		{"one", r.URL.Path}, // want `requests.WithLabelValues gets r.URL.Path, the path of a request`
		{"two", "/"},
	} {
		requests.WithLabelValues(row.name, row.path).Inc()
	}
}
