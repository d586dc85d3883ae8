// Package otel puts values into the attributes of measurements.
package otel

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.25.0"
	"go.opentelemetry.io/otel/trace"
)

var (
	meter       = otel.Meter("labels")
	requests, _ = meter.Int64Counter("requests")
	latency, _  = meter.Float64Histogram("latency")
	open, _     = meter.Int64UpDownCounter("open")
	level, _    = meter.Float64Gauge("level")
	tracer      = otel.Tracer("labels")
)

func Path(w http.ResponseWriter, r *http.Request) {
	requests.Add(r.Context(), 1, metric.WithAttributes(attribute.String("path", r.URL.Path))) // want `^requests.Add gets r.URL.Path, the path of a request, as an attribute, so each value of it makes a time series of its own$`
}

func Latency(w http.ResponseWriter, r *http.Request) {
	latency.Record(r.Context(), 1, metric.WithAttributes(
		attribute.String("method", r.Method),
		attribute.String("path", r.URL.Path), // want `latency.Record gets r.URL.Path`
	))
}

func UpDown(w http.ResponseWriter, r *http.Request) {
	open.Add(r.Context(), 1, metric.WithAttributes(attribute.String("peer", r.RemoteAddr))) // want `the address of a peer`
}

func Gauge(ctx context.Context, id uuid.UUID) {
	level.Record(ctx, 1, metric.WithAttributes(attribute.String("tank", id.String()))) // want `level.Record gets id.String\(\), a unique id,`
}

func Key(w http.ResponseWriter, r *http.Request) {
	requests.Add(r.Context(), 1, metric.WithAttributes(attribute.Key("user").String(r.FormValue("user")))) // want `what a user sends`
}

func Semconv(w http.ResponseWriter, r *http.Request) {
	requests.Add(r.Context(), 1, metric.WithAttributes(semconv.HTTPRoute(r.URL.Path))) // want `the path of a request`
}

func SemconvKey(w http.ResponseWriter, r *http.Request) {
	requests.Add(r.Context(), 1, metric.WithAttributes(semconv.HTTPRouteKey.String(r.URL.Path))) // want `the path of a request`
}

func Stringer(ctx context.Context, id uuid.UUID) {
	requests.Add(ctx, 1, metric.WithAttributes(attribute.Stringer("id", id))) // want `a unique id`
}

func Int(c *gin.Context) {
	var body struct{ Size int }
	if c.ShouldBindJSON(&body) != nil {
		return
	}
	requests.Add(c.Request.Context(), 1, metric.WithAttributes(attribute.Int("size", body.Size))) // want `content of a request`
}

func Set(w http.ResponseWriter, r *http.Request) {
	set := attribute.NewSet(attribute.String("method", r.Method), attribute.String("path", r.URL.Path)) // want `requests.Add gets r.URL.Path`
	requests.Add(r.Context(), 1, metric.WithAttributeSet(set))
}

// Shared has one list for a span, where it is right, and for a metric.
func Shared(w http.ResponseWriter, r *http.Request) {
	attrs := []attribute.KeyValue{
		attribute.String("method", r.Method),
		attribute.String("path", r.URL.Path), // want `requests.Add gets r.URL.Path`
	}
	ctx, span := tracer.Start(r.Context(), "shared", trace.WithAttributes(attrs...))
	defer span.End()
	requests.Add(ctx, 1, metric.WithAttributes(attrs...))
}

func Appended(w http.ResponseWriter, r *http.Request) {
	attrs := []attribute.KeyValue{attribute.String("method", r.Method)}
	if id := r.PathValue("id"); id != "" { // want `requests.Add gets r.PathValue\("id"\), a parameter in the path of a request`
		attrs = append(attrs, attribute.String("id", id))
	}
	requests.Add(r.Context(), 1, metric.WithAttributes(attrs...))
}

func Options(w http.ResponseWriter, r *http.Request) {
	opts := []metric.AddOption{metric.WithAttributes(attribute.String("path", r.URL.Path))} // want `requests.Add gets r.URL.Path`
	requests.Add(r.Context(), 1, opts...)
}

func Error(ctx context.Context, work func() error) {
	if err := work(); err != nil {
		requests.Add(ctx, 1, metric.WithAttributes(attribute.String("error", err.Error()))) // want `the text of an error`
	}
}

func ErrorFormatted(ctx context.Context, work func() error) {
	if err := work(); err != nil {
		requests.Add(ctx, 1, metric.WithAttributes(attribute.String("error", fmt.Sprintf("%v", err)))) // want `requests.Add gets err, the text of an error`
	}
}

func TraceID(ctx context.Context) {
	sc := trace.SpanContextFromContext(ctx)
	requests.Add(ctx, 1, metric.WithAttributes(attribute.String("trace_id", sc.TraceID().String()))) // want `the id of a trace or span`
}

func Observe() {
	_, _ = meter.Int64ObservableGauge("jobs", metric.WithInt64Callback(func(ctx context.Context, o metric.Int64Observer) error {
		for _, id := range []uuid.UUID{} {
			o.Observe(1, metric.WithAttributes(attribute.String("job", id.String()))) // want `o.Observe gets id.String\(\), a unique id`
		}
		return nil
	}))
}

func Callback(gauge metric.Float64ObservableGauge, id uuid.UUID) {
	_, _ = meter.RegisterCallback(func(ctx context.Context, o metric.Observer) error {
		o.ObserveFloat64(gauge, 1, metric.WithAttributes(attribute.String("node", id.String()))) // want `a unique id`
		return nil
	}, gauge)
}

func attrsOf(r *http.Request) []attribute.KeyValue {
	return []attribute.KeyValue{attribute.String("method", r.Method), attribute.String("path", r.URL.Path)}
}

func Helper(w http.ResponseWriter, r *http.Request) {
	requests.Add(r.Context(), 1, metric.WithAttributes(attrsOf(r)...)) // want `requests.Add gets attrsOf\(r\), the path of a request`
}

func labeled(ctx context.Context, attrs ...attribute.KeyValue) {
	requests.Add(ctx, 1, metric.WithAttributes(attrs...))
}

func Wrapper(w http.ResponseWriter, r *http.Request) {
	labeled(r.Context(), attribute.String("method", r.Method), attribute.String("path", r.URL.Path)) // want `labeled gets r.URL.Path`
}

var served atomic.Int64

func Numbered(ctx context.Context) {
	requests.Add(ctx, 1, metric.WithAttributes(attribute.Int64("n", served.Add(1)))) // want `requests.Add gets served.Add\(1\), a running count, as an attribute`
}

func NumberedInCallback(meter metric.Meter, gauge metric.Int64ObservableGauge) {
	meter.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		o.ObserveInt64(gauge, 1, metric.WithAttributes(attribute.Int64("n", served.Add(1)))) // want `a running count`
		return nil
	}, gauge)
}
