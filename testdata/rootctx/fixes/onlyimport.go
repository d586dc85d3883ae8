package fixes

import "context" // for the root alone: the import goes with it

import "net/http"

// OnlyImport is the only use of context in this file.
func OnlyImport(w http.ResponseWriter, r *http.Request) {
	work(context.Background(), "only") // want `is at hand: r.Context\(\)$`
	w.WriteHeader(http.StatusNoContent)
}
