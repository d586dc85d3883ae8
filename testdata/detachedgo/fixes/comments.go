package fixes

import (
	ctxpkg "context"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
)

// Comments stand everywhere, and the package has another name.
func comments(c *gin.Context) {
	// before
	id := c.Param("id") // beside
	// right above the goroutine
	go /* now */ func() { // want `the goroutine works on (context|ctxpkg)\.Background\(\), so what it does is in a trace of its own`
		// in the goroutine
		_ = spans.Mail( /* root */ ctxpkg.Background() /* here */, id, "comments") // beside the work
		// at the end of the goroutine
	}() // after the goroutine
	// last
}

// The call is spread over lines.
func lines(c *gin.Context) {
	go spans.Mail( // want `the goroutine works on (context|ctxpkg)\.Background\(\), so what it does is in a trace of its own`
		ctxpkg.Background(), // a root
		c.Param("id"),
		"lines", // the text
	)
}

func oneLine(c *gin.Context) { go spans.Mail(c.Request.Context(), "one", "line") } // want `the goroutine works on c\.Request\.Context\(\), which is cancelled when the handler .*oneLine returns`
