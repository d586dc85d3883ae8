// Package chain_generated has a chain that goes through a generated file: there
// is no fix for it.
package chain_generated

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
)

// Handle is written by hand and calls the generated function between.
func Handle(w http.ResponseWriter, r *http.Request) { middle(r.Method) }

func generatedCaller(name string) {
	_, span := otel.Tracer("generated").Start(context.Background(), name) // want `starts a new trace: generatedCaller is reached from`
	defer span.End()
}
