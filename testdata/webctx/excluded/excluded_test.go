package excluded

import (
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

// A test has no request's span.
func TestPlain(t *testing.T) {
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	backend.Notify("test", c)
}
