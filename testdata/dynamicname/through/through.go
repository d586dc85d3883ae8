// Package through has the ways that a value takes to a name.
package through

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("through")

func Builder(r *http.Request) {
	var b strings.Builder
	b.WriteString(r.Method)
	b.WriteByte(' ')
	b.WriteString(r.URL.Path)
	_, span := tracer.Start(r.Context(), b.String()) // want `the path of a request`
	defer span.End()
}

func Buffer(r *http.Request) {
	b := new(bytes.Buffer)
	fmt.Fprintf(b, "%s %s", r.Method, r.URL.Path)
	_, span := tracer.Start(r.Context(), b.String()) // want `the path of a request`
	defer span.End()
}

func Join(r *http.Request) {
	_, span := tracer.Start(r.Context(), strings.Join([]string{r.Method, r.URL.Path}, " ")) // want `contains r.URL.Path, the path of a request`
	defer span.End()
}

func Appended(r *http.Request) {
	parts := []string{"http"}
	parts = append(parts, r.URL.Path)
	_, span := tracer.Start(r.Context(), strings.Join(parts, ".")) // want `the path of a request`
	defer span.End()
}

func Replaced(r *http.Request) {
	_, span := tracer.Start(r.Context(), strings.ReplaceAll(r.URL.Path, "/", ".")) // want `the path of a request`
	defer span.End()
}

func Trimmed(r *http.Request) {
	_, span := tracer.Start(r.Context(), strings.TrimPrefix(r.URL.Path, "/api")) // want `the path of a request`
	defer span.End()
}

func Sprint(r *http.Request) {
	_, span := tracer.Start(r.Context(), fmt.Sprint("handle ", r.URL.Path)) // want `the path of a request`
	defer span.End()
}

type spanName string

func Converted(r *http.Request) {
	name := spanName(r.URL.Path)
	_, span := tracer.Start(r.Context(), string(name)) // want `the path of a request`
	defer span.End()
}

func Bytes(r *http.Request) {
	b := []byte("GET ")
	b = append(b, r.URL.Path...)
	_, span := tracer.Start(r.Context(), string(b)) // want `the path of a request`
	defer span.End()
}

type op struct {
	name, kind string
}

func Field(r *http.Request) {
	o := op{name: r.URL.Path, kind: "http"}
	_, span := tracer.Start(r.Context(), o.name) // want `the path of a request`
	defer span.End()
}

func FieldOfPointer(r *http.Request) {
	o := &op{kind: "http"}
	o.name = "GET " + r.URL.Path
	_, span := tracer.Start(r.Context(), o.kind+o.name) // want `the path of a request`
	defer span.End()
}

type handler struct{ route string }

func newHandler(r *http.Request) *handler { return &handler{route: r.URL.Path} }

// Kept is set in another function, and only there.
func (h *handler) Kept(ctx context.Context) {
	_, span := tracer.Start(ctx, h.route) // want `the span name is h.route, the path of a request`
	defer span.End()
}

func Map(r *http.Request) {
	names := map[string]string{"http": r.URL.Path}
	_, span := tracer.Start(r.Context(), names["http"]) // want `the path of a request`
	defer span.End()
}

func Closure(r *http.Request) {
	name := r.URL.Path
	run := func(ctx context.Context) {
		_, span := tracer.Start(ctx, name) // want `the path of a request`
		defer span.End()
	}
	run(r.Context())
}

func ClosureParameter(r *http.Request) {
	run := func(ctx context.Context, name string) {
		_, span := tracer.Start(ctx, name) // want `the path of a request`
		defer span.End()
	}
	run(r.Context(), r.URL.Path)
}

func ClosureResult(r *http.Request) {
	name := func() string { return r.Method + r.URL.Path }
	_, span := tracer.Start(r.Context(), name()) // want `the path of a request`
	defer span.End()
}

func SetInClosure(r *http.Request) {
	name := "none"
	func() { name = r.URL.Path }()
	_, span := tracer.Start(r.Context(), name) // want `the path of a request`
	defer span.End()
}

func identity[T any](t T) T { return t }

func Generic(r *http.Request) {
	_, span := tracer.Start(r.Context(), identity(r.URL.Path)) // want `the path of a request`
	defer span.End()
}

func helper(r *http.Request) string { return strings.ToUpper(r.Method) + " " + r.URL.Path }

func Helper(r *http.Request) {
	_, span := tracer.Start(r.Context(), helper(r)) // want `the span name is helper\(r\), the path of a request`
	defer span.End()
}

func join(a, b string) string { return a + " " + b }

func HelperOfStrings(r *http.Request) {
	_, span := tracer.Start(r.Context(), join(r.Method, r.URL.Path)) // want `contains r.URL.Path, the path of a request`
	defer span.End()
}

func two(r *http.Request) (string, string) { return r.Method, r.URL.Path }

func SecondResult(r *http.Request) {
	_, path := two(r)
	_, span := tracer.Start(r.Context(), path) // want `the path of a request`
	defer span.End()
}

func recursive(r *http.Request, n int) string {
	if n == 0 {
		return r.URL.Path
	}
	return "x" + recursive(r, n-1)
}

func Recursive(r *http.Request) {
	_, span := tracer.Start(r.Context(), recursive(r, 3)) // want `the path of a request`
	defer span.End()
}

func Loop(r *http.Request) {
	for _, v := range r.Header["X-Tag"] {
		_, span := tracer.Start(r.Context(), "tag "+v) // want `a header of a request`
		span.End()
	}
}

var method = tracer.Start

// MethodValue starts the span through a variable of the function.
func MethodValue(r *http.Request) {
	t := otel.GetTracerProvider().Tracer("x")
	_, span := t.Start(r.Context(), r.URL.Path) // want `the path of a request`
	defer span.End()
}
