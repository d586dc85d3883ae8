// Package transport makes clients. It imports package wire for its effect.
package transport

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	_ "github.com/tracevet/tracevet/testdata/nopropagator/innocent_indirect/wire"
)

// Client is traced.
func Client() *http.Client {
	return &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
}
