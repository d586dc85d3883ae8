package fixes

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

// The file does not import context, and the handler has no variable for one.
func ginHandler(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), "ginHandler") // want `the context of span is dropped and c\.Request\.Context\(\) is used on line 14,`
	defer span.End()
	if err := work(c.Request.Context()); err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	if err := work(c.Request.Context()); err != nil {
		c.Status(http.StatusBadGateway)
	}
}

// The name ctx is Gin's.
func ginNamedCtx(ctx *gin.Context) {
	_, span := tracer.Start(ctx.Request.Context(), "ginNamedCtx") // want `the context of span is dropped and ctx\.Request\.Context\(\) is used on line 27,`
	defer span.End()
	if err := work(ctx.Request.Context()); err != nil {
		ctx.Status(http.StatusBadGateway)
	}
}

// The middleware's fix stands right after Start, before the defer or after it.
func ginMiddleware(c *gin.Context) {
	// open the span
	ctx, span := tracer.Start(c.Request.Context(), "ginMiddleware") /* here */ // want `ctx is not put on the request before c\.Next\(\), so the handler's spans are not under span`
	defer span.End()                                                // close the span
	_ = work(ctx)
	// serve
	c.Next()
}

// The context has no name yet.
func ginMiddlewareDropped(ctx *gin.Context) {
	_, span := tracer.Start(ctx.Request.Context(), "ginMiddlewareDropped") // want `is not put on the request before ctx\.Next\(\), so the handler's spans are not under span`
	defer span.End()
	ctx.Next()
}

// The request is in a local, which is what is passed on.
func httpLocal(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		req := r
		ctx, span := tracer.Start(req.Context(), "httpLocal") // want `ctx is not put on the request before next\.ServeHTTP`
		defer span.End()
		_ = work(ctx)
		next.ServeHTTP(w, req)
	}
}

// The name of echo's context is that of the span's in another literal.
func echoMiddleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(ctx echo.Context) error {
		sctx, span := tracer.Start(ctx.Request().Context(), "echoMiddleware") // want `sctx is not put on the request before next`
		defer span.End()
		if err := work(sctx); err != nil {
			return err
		}
		return next(ctx)
	}
}

// Each iteration has a span of its own: on the request its context would be that
// of the spans in the iterations after it, too.
func each(c *gin.Context) {
	for range 3 {
		_, span := tracer.Start(c.Request.Context(), "each") // want `the context of span is dropped and c\.Request\.Context\(\) is used on line`
		_ = work(c.Request.Context())
		span.End()
	}
}
