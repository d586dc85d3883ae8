// Package excluded has faults in a generated file and in a test file, where
// nothing is reported, and one in a plain file beside them.
package excluded

import (
	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

// Plain passes gin's context.
func Plain(c *gin.Context, users *backend.Users) {
	_, _ = users.Find(c, "plain") // want `^c is used as a context, in which the request's span is not found unless`
}
