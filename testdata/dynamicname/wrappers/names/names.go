// Package names knows nothing of tracing.
package names

import (
	"net/http"
	"strings"
)

// Of is silent: it names nothing by itself.
func Of(r *http.Request) string { return r.Method + " " + r.URL.Path }

// Lower is silent.
func Lower(s string) string { return strings.ToLower(s) }

// Kind is silent: few values.
func Kind(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, "/api") {
		return "api"
	}
	return "web"
}
