// Package main is right: it sets no provider, so there is no trace to go on.
package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// Silent: instrumented, and tracing is off.
func main() {
	_ = http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "off"))
}
