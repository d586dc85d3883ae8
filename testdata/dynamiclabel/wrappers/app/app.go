// Package app counts through another package.
package app

import (
	"net/http"

	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/dynamiclabel/wrappers/meters"
)

func Attributes(w http.ResponseWriter, r *http.Request) {
	meters.Count(r.Context(), attribute.String("path", r.URL.Path)) // want `^meters.Count gets r.URL.Path, the path of a request, as a label,`
}

func Made(w http.ResponseWriter, r *http.Request) {
	meters.Count(r.Context(), meters.Path(r.URL.Path)) // want `meters.Count gets r.URL.Path`
}

func Op(w http.ResponseWriter, r *http.Request) {
	meters.CountOf(r.Context(), r.Method+" "+r.URL.Path, true) // want `meters.CountOf gets r.URL.Path`
}

// Constant is silent.
func Constant(w http.ResponseWriter, r *http.Request) {
	meters.CountOf(r.Context(), "list", r.URL.Path != "/")
	meters.Count(r.Context(), meters.Path(r.Pattern))
}
