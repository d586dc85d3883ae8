package standin

import (
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/standin/fake"
)

func TestReady(t *testing.T) {
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	a := &API{store: &fake.Store{}}
	a.Ready(c)
}
