// Package chain_tags has a helper that is also called in a file for another
// system: that file is not part of this build, cannot be checked, and would no
// longer compile. There is no fix.
package chain_tags

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
)

// Handle reaches the root.
func Handle(w http.ResponseWriter, r *http.Request) { everywhere(r.Method) }

func everywhere(name string) {
	_, span := otel.Tracer("tags").Start(context.Background(), name) // want `starts a new trace: everywhere is reached from handler Handle$`
	defer span.End()
}
