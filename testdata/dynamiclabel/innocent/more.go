package innocent

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"google.golang.org/grpc/codes"
)

// Hostname is silent: one value for a process.
func Hostname(ctx context.Context) {
	host, _ := os.Hostname()
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("host", host)))
}

// ConstLabels is silent: they are given at start-up.
func ConstLabels(id string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "x", ConstLabels: prometheus.Labels{"instance": id}}, nil)
}

// Curried is silent: constants.
func Curried() prometheus.Counter {
	return requests.MustCurryWith(prometheus.Labels{"method": "GET"}).WithLabelValues("/")
}

// Codes is silent: an enumeration.
func Codes(ctx context.Context, c codes.Code) {
	requests.WithLabelValues("x", c.String()).Inc()
	calls.Add(ctx, 1, metric.WithAttributes(attribute.Int("code", int(c))))
}

// Status is silent: a status code that was set.
func Status(c *gin.Context) {
	calls.Add(c, 1, metric.WithAttributes(attribute.Int("http.response.status_code", c.Writer.Status())))
}

// IDs is silent: only their number gets out.
func IDs(ctx context.Context, ids []uuid.UUID) {
	calls.Add(ctx, int64(len(ids)), metric.WithAttributes(attribute.Bool("many", len(ids) > 100)))
}

// Filtered is silent: what is left of a set is not known.
func Filtered(ctx context.Context, r *http.Request) {
	set := attribute.NewSet(attribute.String("path", r.URL.Path), attribute.String("method", r.Method))
	kept, _ := set.Filter(attribute.NewAllowKeysFilter("method"))
	calls.Add(ctx, 1, metric.WithAttributeSet(kept))
}

// OtherList is silent: each has its list.
func OtherList(ctx context.Context, r *http.Request) {
	logged := []attribute.KeyValue{attribute.String("path", r.URL.Path)}
	counted := []attribute.KeyValue{attribute.String("method", r.Method)}
	_ = logged
	calls.Add(ctx, 1, metric.WithAttributes(counted...))
}

// OtherMap is silent: the path is in another map.
func OtherMap(r *http.Request) {
	labels := prometheus.Labels{"method": r.Method, "path": "x"}
	fields := map[string]string{"path": r.URL.Path}
	_ = fields
	requests.With(labels).Inc()
}

// Method is silent: another function of that name.
func Method(r *http.Request) {
	var l logger
	l.With(map[string]string{"path": r.URL.Path})
	l.WithLabelValues(r.URL.Path)
}

type logger struct{}

func (logger) With(map[string]string)    {}
func (logger) WithLabelValues(...string) {}

// Validated is silent: a validator lets few values pass.
func Validated(c *gin.Context) {
	var body struct {
		Kind string `json:"kind" binding:"oneof=a b"`
	}
	if c.ShouldBindJSON(&body) != nil {
		return
	}
	requests.WithLabelValues("x", body.Kind).Inc()
}

// Zone is silent: where it comes from is not seen.
func Zone(ctx context.Context, zone interface{ Zone() string }) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.String("zone", zone.Zone())))
}

// Allowed is silent: one of a set.
func Allowed(ctx context.Context, r *http.Request) {
	if path := r.URL.Path; known[path] {
		calls.Add(ctx, 1, metric.WithAttributes(attribute.String("path", path)))
	}
}

// Cancelled is silent: one of two errors.
func Cancelled(ctx context.Context) {
	if err := ctx.Err(); err != nil {
		calls.Add(ctx, 1, metric.WithAttributes(attribute.String("error", err.Error())))
	}
}

// NoID is silent: the one id that is declared.
func NoID(ctx context.Context) {
	calls.Add(ctx, 1, metric.WithAttributes(attribute.Stringer("id", uuid.Nil)))
}

var exporters, workers atomic.Int64

// An exporter measures itself, as those of OpenTelemetry's SDK do.
type exporter struct{ options []metric.AddOption }

// NewExporter is silent: the count is of the exporters that a program makes, which are few, and
// not of what they measure.
func NewExporter() *exporter { return newExporter(exporters.Add(1) - 1) }

func newExporter(id int64) *exporter {
	name := attribute.String("exporter", "batch/"+strconv.FormatInt(id, 10))
	e := &exporter{options: []metric.AddOption{metric.WithAttributes(name)}}
	calls.Add(context.Background(), 0, e.options...)
	return e
}

// Observe is silent: the callback, which measures, finds the same number each time.
func Observe(meter metric.Meter, load metric.Int64ObservableGauge) error {
	id := workers.Add(1)
	_, err := meter.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		o.ObserveInt64(load, 1, metric.WithAttributes(attribute.Int64("worker", id)))
		return nil
	}, load)
	return err
}

// info is what is known of a request.
type info struct {
	Group, Path string
	where       struct{ Zone, Raw string }
}

// Either is silent: one of the two has another field with the path, the other is not
// known.
func Either(r *http.Request, known *info) {
	if known == nil {
		known = &info{Path: r.URL.Path}
	}
	requests.WithLabelValues("group", known.Group).Inc()
}

// Unset is silent: the field with the label has never been set.
func Unset(r *http.Request) {
	i := &info{Path: r.URL.Path}
	i.where.Raw = r.URL.RawQuery
	requests.WithLabelValues(i.Group, i.where.Zone).Inc()
}

// Loop is silent: what comes out of the loop is one of two, neither with that field.
func Loop(rs []*http.Request) {
	i := new(info)
	for _, r := range rs {
		if r.URL.Path != "" {
			i = &info{Path: r.URL.Path}
		}
		requests.WithLabelValues("group", i.Group).Inc()
	}
}

// Listed is silent: the function found no errors in the value.
func Listed(r *http.Request) {
	mode := r.URL.Query()["mode"]
	if len(mode) != 1 {
		return
	}
	if errs := validate(mode[0]); len(errs) > 0 {
		return
	}
	requests.WithLabelValues("mode", mode[0]).Inc()
}

func validate(mode string) (errs []error) {
	if _, err := strconv.ParseBool(mode); err != nil {
		errs = append(errs, err)
	}
	return errs
}

var (
	errStart = errors.New("StartError")
)

// start returns kinds of errors; what pull returns is one, too, as its documentation says.
func start(p puller, image string) (string, error) {
	if msg, err := p.pull(image); err != nil {
		return msg, err
	}
	if image == "" {
		return "no image", errStart
	}
	return "", nil
}

type puller interface {
	pull(image string) (string, error)
}

// starting is start with a deferred call, by which the results are variables.
func starting(p puller, image string) (string, error) {
	defer requests.Reset()
	if image == "" {
		return "no image", errStart
	}
	return p.pull(image)
}

// Deferred is silent for the same reason as Kinds.
func Deferred(p puller, image string) {
	if _, err := starting(p, image); err != nil {
		requests.WithLabelValues("start", err.Error()).Inc()
	}
}

// Kinds is silent: the function returns errors that are declared, and makes none.
func Kinds(p puller, image string) error {
	run := func(image string) error {
		msg, err := start(p, image)
		if err != nil {
			requests.WithLabelValues("start", err.Error()).Inc()
			return errors.New(msg)
		}
		return nil
	}
	return run(image)
}

// Table is silent: the texts of errors and the paths are in other columns.
func Table(r *http.Request, err error) {
	for _, row := range []struct {
		name, path string
		text       string
	}{
		{"one", r.URL.Path, err.Error()},
		{"two", r.URL.Path, ""},
	} {
		requests.WithLabelValues("table", row.name).Inc()
		func() { requests.WithLabelValues("table", row.name).Inc() }()
		_ = row.path + row.text
	}
}

// Array is silent in the same way.
func Array(r *http.Request) {
	rows := [2]info{{Group: "a", Path: r.URL.Path}, {Group: "b"}}
	for i := range rows {
		requests.WithLabelValues("array", rows[i].Group).Inc()
	}
}
