// Package innocent has labels that look as if they had no bound.
package innocent

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"
)

var (
	tracer      = otel.Tracer("innocent")
	calls, _    = otel.Meter("innocent").Int64Counter("calls")
	requests    = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "requests"}, []string{"method", "path"})
	durations   = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "d"}, []string{"path"})
	errNotFound = errors.New("not found")
)

// Route is silent: the template.
func Route(w http.ResponseWriter, r *http.Request) {
	calls.Add(r.Context(), 1, metric.WithAttributes(attribute.String("http.route", r.Pattern), attribute.String("method", r.Method)))
}

// GinRoute is silent: the template.
func GinRoute(c *gin.Context) {
	requests.WithLabelValues(c.Request.Method, c.FullPath()).Inc()
}

// SpanAttributes is silent: spans may have ids.
func SpanAttributes(ctx context.Context, id uuid.UUID, r *http.Request) {
	_, span := tracer.Start(ctx, "op", trace.WithAttributes(attribute.String("id", id.String())))
	defer span.End()
	span.SetAttributes(attribute.String("path", r.URL.Path))
	span.AddEvent("x", trace.WithAttributes(attribute.String("path", r.URL.Path)))
}

// Split is silent: the list of the metric ends before the id is added.
func Split(ctx context.Context, id uuid.UUID) {
	attrs := []attribute.KeyValue{attribute.String("op", "x")}
	calls.Add(ctx, 1, metric.WithAttributes(attrs...))
	attrs = append(attrs, attribute.String("id", id.String()))
	_, span := tracer.Start(ctx, "op", trace.WithAttributes(attrs...))
	defer span.End()
}

// Exemplar is silent: that is where ids belong.
func Exemplar(ctx context.Context) {
	id := trace.SpanContextFromContext(ctx).TraceID().String()
	durations.WithLabelValues("x").(prometheus.ExemplarObserver).ObserveWithExemplar(1, prometheus.Labels{"trace_id": id})
}

// Code is silent.
func Code(w http.ResponseWriter, resp *http.Response) {
	requests.WithLabelValues(strconv.Itoa(resp.StatusCode), fmt.Sprintf("%dxx", resp.StatusCode/100)).Inc()
}

// GRPC is silent: the method and the code of an RPC.
func GRPC(ctx context.Context, req any, info *grpc.UnaryServerInfo, h grpc.UnaryHandler) (any, error) {
	resp, err := h(ctx, req)
	requests.WithLabelValues(info.FullMethod, status.Code(err).String()).Inc()
	return resp, err
}

// Bool is silent.
func Bool(ctx context.Context, err error) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.Bool("ok", err == nil), attribute.String("failed", strconv.FormatBool(err != nil))))
}

// Version is silent: one value for a build.
func Version(ctx context.Context) {
	info, _ := debug.ReadBuildInfo()
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("version", info.Main.Version)))
}

// Host is silent: a configured list.
func Host(ctx context.Context, hosts []string) {
	for _, h := range hosts {
		calls.Add(ctx, 1, metric.WithAttributes(attribute.String("host", h)))
	}
}

// Kind is one of a few.
type Kind int

const (
	Small Kind = iota
	Large
)

func (k Kind) String() string { return [...]string{"small", "large"}[k] }

// Enum is silent.
func Enum(ctx context.Context, k Kind) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.Stringer("kind", k), attribute.String("k", k.String()), attribute.Int("n", int(k))))
}

func class(err error) string {
	switch {
	case errors.Is(err, errNotFound):
		return "not found"
	case err != nil:
		return "other"
	}
	return "none"
}

// ErrorClass is silent: one of three.
func ErrorClass(ctx context.Context, err error) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("error", class(err)), attribute.String("type", fmt.Sprintf("%T", err))))
}

// Sentinel is silent: one text.
func Sentinel(ctx context.Context) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("error", errNotFound.Error())))
}

func group(path string) string {
	if strings.HasPrefix(path, "/api/") {
		return "api"
	}
	return "other"
}

// Grouped is silent: one of two.
func Grouped(w http.ResponseWriter, r *http.Request) {
	requests.WithLabelValues(r.Method, group(r.URL.Path)).Inc()
}

var known = map[string]bool{"/": true, "/login": true}

// Known is silent: others are replaced.
func Known(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if !known[path] {
		path = "other"
	}
	requests.WithLabelValues(r.Method, path).Inc()
}

// Switch is silent.
func Switch(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; path {
	case "/", "/login":
		requests.WithLabelValues(r.Method, path).Inc()
	default:
		requests.WithLabelValues(r.Method, "other").Inc()
	}
}

// Parameter is silent: who calls decides.
func Parameter(ctx context.Context, topic string) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("topic", topic)))
}

// Topics is silent: topics are few.
func Topics(ctx context.Context) { Parameter(ctx, "orders") }

// Value is silent: the measured value is no label.
func Value(ctx context.Context, r *http.Request) {
	calls.Add(ctx, r.ContentLength)
	durations.WithLabelValues("x").Observe(float64(len(r.URL.Path)))
}

// Field is silent: where it comes from is not seen.
func Field(ctx context.Context, cfg struct{ Region string }) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("region", cfg.Region)))
}

// Unmarshalled is silent: a configuration, as far as can be seen.
func Unmarshalled(ctx context.Context, load func(any)) {
	var cfg struct{ Region string }
	load(&cfg)
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("region", cfg.Region)))
}

// Deleted is silent: to delete a series makes none.
func Deleted(r *http.Request) {
	requests.DeleteLabelValues(r.Method, r.URL.Path)
}
