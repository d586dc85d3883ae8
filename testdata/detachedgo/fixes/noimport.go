package fixes

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
)

// This file does not import context.
func noImport(c *gin.Context) {
	ctx := c.Request.Context()
	id := c.Param("id")
	go func() { // want `the goroutine works on ctx, which is cancelled when the handler .*noImport returns`
		_ = spans.Mail(ctx, id, "noImport")
	}()
}

// Nothing of what is in scope is a context.
func noImportRequest(w http.ResponseWriter, r *http.Request) {
	go spans.Mail(r.Context(), r.PathValue("id"), "noImportRequest") // want `the goroutine works on r\.Context\(\), which is cancelled when the handler .*noImportRequest returns`
}

// Echo's context, and a result.
func noImportEcho(c echo.Context) error {
	id := c.Param("id")
	go func() { // want `the goroutine uses c after the handler .*noImportEcho returned`
		_ = spans.Mail(c.Request().Context(), id, "noImportEcho")
	}()
	return c.NoContent(http.StatusAccepted)
}
