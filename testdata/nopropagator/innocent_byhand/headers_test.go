package innocent_byhand

import (
	"fmt"
	"net/http/httptest"
	"testing"
)

// A test plays the caller: it needs a header, with ids that it knows.
func TestRead(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("traceparent", fmt.Sprintf("00-%032x-%016x-01", 1, 2))
	if !read(r) {
		t.Error("the header has the wrong length")
	}
}
