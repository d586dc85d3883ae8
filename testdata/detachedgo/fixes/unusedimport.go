package fixes

import (
	"context"
	"net/http"
	"sync"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
)

// Joined, it takes the request's context: then nothing uses the import.
func unusedImport(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	wg.Go(func() { // want `the goroutine works on context\.Background\(\), so what it does is in a trace of its own`
		_ = spans.Mail(context.Background(), r.PathValue("id"), "unusedImport")
	})
	wg.Wait()
}
