// Package base has functions whose parameters become names and labels, and
// whose results have no bound.
package base

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
)

var (
	tracer   = otel.Tracer("base")
	calls, _ = otel.Meter("base").Int64Counter("calls")
	requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "requests"}, []string{"path"})
)

func Start(ctx context.Context, name string) (context.Context, trace.Span) { // fact value(1->name)
	return tracer.Start(ctx, name)
}

func Prefixed(ctx context.Context, layer, name string, more ...string) trace.Span { // fact value(1->name, 2->name, 3->name)
	_, span := tracer.Start(ctx, layer+"."+name+strings.Join(more, ""))
	return span
}

func Formatted(ctx context.Context, format string, args ...any) { // fact value(1->name, 2->name)
	_, span := tracer.Start(ctx, fmt.Sprintf(format, args...))
	span.End()
}

func Fixed(ctx context.Context, id string) {
	_, span := tracer.Start(ctx, "fixed", trace.WithAttributes(attribute.String("id", id)))
	span.End()
}

func Tracer(name string) trace.Tracer { return otel.Tracer("x/" + name) } // fact value(0->tracer)

func Meter(name string) metric.Meter { return otel.Meter(name) } // fact value(0->meter)

func Count(ctx context.Context, attrs ...attribute.KeyValue) { // fact value(1->label)
	calls.Add(ctx, 1, metric.WithAttributes(attrs...))
}

func Request(path string, n int) { // fact value(0->label)
	requests.WithLabelValues(path).Add(float64(n))
}

func Both(ctx context.Context, name string) { // fact value(1->name, 1->label)
	_, span := tracer.Start(ctx, name)
	defer span.End()
	Request(name, 1)
}

type T struct{ prefix string }

func (t *T) Start(ctx context.Context, name string) func() { // fact value(2->name)
	_, span := tracer.Start(ctx, t.prefix+name)
	return func() { span.End() }
}

func (t T) Closure(ctx context.Context, name string) { // fact value(2->name)
	func() {
		_, span := tracer.Start(ctx, name)
		span.End()
	}()
}

func Generic[S ~string](ctx context.Context, name S) { // fact value(1->name)
	_, span := tracer.Start(ctx, string(name))
	span.End()
}

func Path(r *http.Request) string { return r.Method + r.URL.Path } // fact value() 0:the path of a request 0

func Join(a, b string) string { return a + b } // fact value() 0:11

func Second(r *http.Request, a string) (string, string) { return "", a + r.FormValue("x") } // fact value() 1:what a user sends 10

func ID() string { return uuid.NewString() } // fact value() 0:a unique id 0

func Attribute(path string) attribute.KeyValue { return attribute.String("path", path) } // fact value() 0:1

func Attributes(r *http.Request) []attribute.KeyValue { // fact value() 0:the address of a peer 0
	return []attribute.KeyValue{attribute.String("peer", r.RemoteAddr)}
}

func Constant(name string) string { // fact value() 0:1
	if name == "" {
		return "none"
	}
	return name
}

func Class(name string) string {
	if strings.HasPrefix(name, "x") {
		return "x"
	}
	return "y"
}

func Checked(name string) string {
	switch name {
	case "a", "b":
		return name
	}
	return "other"
}

func Loop(names []string) string { // fact value() 0:1
	all := ""
	for _, n := range names {
		all += n
	}
	return all
}

func Even(r *http.Request, n int) string { // fact value() 0:the path of a request 0
	if n == 0 {
		return r.URL.Path
	}
	return Odd(r, n-1)
}

func Odd(r *http.Request, n int) string { // fact value() 0:the path of a request 0
	if n == 0 {
		return "odd"
	}
	return Even(r, n-1)
}
