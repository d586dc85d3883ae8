package fixes

import (
	"fmt"
	"net/http"

	// The package context is needed for the root.
	ctxpkg "context"
)

// OnlyImportBlock is the only use of context in this file, under another name.
func OnlyImportBlock(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, r.URL)
	work(ctxpkg.TODO(), "block") // want `is at hand: r.Context\(\)$`
}
