// Package chain_tests has helpers that the package's own tests call, too: the
// fix has to pass a context there as well.
package chain_tests

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("tests")

func work(ctx context.Context, name string) string {
	_, span := tracer.Start(ctx, name)
	defer span.End()
	return name
}

// Quote is the handler.
func Quote(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(price(r.FormValue("article"))))
}

// price is called by a test that has a context in a variable: it gets that.
func price(article string) string {
	return work(context.Background(), article) // want `starts a new trace: price is reached from handler Quote$`
}

// Stock is the handler.
func Stock(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(count(r.FormValue("article"))))
}

// count is called by a test that has no context but that of t: t.Context().
func count(article string) string {
	return work(context.Background(), article) // want `starts a new trace: count is reached from handler Stock$`
}

// Name is the handler.
func Name(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(name(r.FormValue("article"))))
}

// name is the value of a field in a table of tests: there is no fix, although
// nothing says so in this file.
func name(article string) string {
	return work(context.TODO(), article) // want `starts a new trace: name is reached from handler Name$`
}

// Tag is the handler.
func Tag(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(label(r.FormValue("article"))))
}

// label is exported to the tests of another package, by a variable in a test
// file: there is no fix.
func label(article string) string {
	return work(context.Background(), article) // want `starts a new trace: label is reached from handler Tag$`
}
