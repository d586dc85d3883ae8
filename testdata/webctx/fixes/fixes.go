// Package fixes has faults whose fixes must look at what is around them.
package fixes

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"

	"github.com/tracevet/tracevet/testdata/webctx/backend"
)

// Comments stand beside what is replaced.
func comments(c *gin.Context, users *backend.Users) {
	_, _ = users.Find( // before
		/* gin */ c,   // want `^c is used as a context, in which the request's span is not found unless`
		c.Param("id"), // the id
	) // after
}

func oneLine(c *gin.Context, users *backend.Users) { _, _ = users.Find(c, "one-line") } // want `^c is used as a context, in which the request's span is not found unless`

// The variable takes the request's context: it has the interface's type already.
func variable(c *gin.Context, users *backend.Users) {
	var ctx context.Context = c /* beside */ // want `^c is used as a context, in which the request's span is not found unless`
	_, _ = users.Find(ctx, "variable")
}

// The expression in parentheses, and by a call.
func expressions(h holder, users *backend.Users) {
	_, _ = users.Find((h.c), "parenthesis") // want `^h\.c is used as a context, in which the request's span is not found unless`
	_, _ = users.Find(h.ctx(), "call")      // want `^h\.ctx\(\) is used as a context, in which the request's span is not found unless`
	_, _ = users.Find(h.all["a"], "index")  // want `^h\.all is used as a context, in which the request's span is not found unless`
}

type holder struct {
	c   *gin.Context
	all map[string]*gin.Context
}

func (h holder) ctx() *gin.Context { return h.c }

// The name of the variable that is shadowed in between is another's.
func shadowed(c *gin.Context, users *backend.Users) {
	for _, c := range []string{"a", "b"} {
		_ = c
	}
	if c := c.Copy(); c != nil {
		_, _ = users.Find(c, "shadowed") // want `^c is used as a context, in which the request's span is not found unless`
	}
}

// The result of Start is used on: fixed at the root, all that follows is right.
func poisons(c *gin.Context, users *backend.Users) {
	ctx, span := backend.Span(c, "poisons") // want `^c is used as a context, in which the request's span is not found unless`
	defer span.End()
	_, _ = users.Find(ctx, "poisons")
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://users/", nil)
	_ = req
}

// A context of v2's and one of v3's in one file: the same method means the
// opposite.
func both(c2 *fiberv2.Ctx, c3 fiber.Ctx, users *backend.Users) {
	_, _ = users.Find(c2.Context(), "v2")    // want `^c2\.Context\(\) is used as a context, in which the request's span is not found$`
	_, _ = users.Find(c3, "v3")              // want `^c3 is used as a context, in which the request's span is not found$`
	_, _ = users.Find(c3.RequestCtx(), "v3") // want `^c3\.RequestCtx\(\) is used as a context, in which the request's span is not found$`
	_, _ = users.Find(c3.Context(), "right")
	_, _ = users.Find(c2.UserContext(), "right")
}
