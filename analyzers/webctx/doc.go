// Package webctx defines an Analyzer that reports the own contexts of web
// frameworks where they are used as a context.Context.
//
// # Rule
//
// webctx: report a framework's own context that is used as a context.Context
//
// A *gin.Context can be passed wherever a context.Context is wanted, and finds
// nothing in the context of the request unless the engine's ContextWithFallback
// is on, which it is not by default: tracer.Start(c, ...) starts a new trace, a
// client sends the header of that, trace.SpanFromContext(c) is a span that
// records nothing. The same holds for what Fiber v2 hands out as c.Context() and
// for the context of Fiber v3 itself.
//
// # Example
//
// A parameter called ctx makes it look right:
//
//	func Get(ctx *gin.Context) {
//		if err := load(ctx, ctx.Param("id")); err != nil {
//			ctx.Status(http.StatusNotFound)
//		}
//	}
//
//	func load(ctx context.Context, id string) error {
//		_, span := tracer.Start(ctx, "load")
//		defer span.End()
//		return ctx.Err()
//	}
//
// # Use instead
//
// The context of the request:
//
//	func Get(c *gin.Context) {
//		if err := load(c.Request.Context(), c.Param("id")); err != nil {
//			c.Status(http.StatusNotFound)
//		}
//	}
//
//	func load(ctx context.Context, id string) error {
//		_, span := tracer.Start(ctx, "load")
//		defer span.End()
//		return ctx.Err()
//	}
//
// # gin
//
// A *gin.Context, or a struct that embeds one, becomes a context.Context: as an
// argument, by an assignment, in a composite literal, by a return.
//
// # fiber
//
// The same for the *fasthttp.RequestCtx that c.Context() of Fiber v2 returns,
// and for the fiber.Ctx of Fiber v3.
//
// # Fix safety
//
// The fix writes c.Request.Context() (Fiber: c.UserContext(), c.Context()). It
// has what middlewares put on the request, and ends when the client goes away
// or the handler returns, which gin's own context does not. It has none of gin's
// keys (c.Set): where the function that is called looks one up, there is no
// finding.
//
// # Limits
//
// Silence unless proven. Nothing is reported
//
//   - if the package, or one that it imports, sets ContextWithFallback. If that
//     is done elsewhere in the program, this package cannot know: hence the
//     "unless" in the message;
//   - if the function that is called is known to do nothing with the context
//     that a trace shows, or looks up gin's keys in it, or asserts it to be a
//     *gin.Context;
//   - in a goroutine that outlives the handler, which is for the rule
//     detachedgo.
//
// # Options
//
// None.
//
// # References
//
//   - github.com/gin-gonic/gin v1.12.0, context.go: Context.Value and
//     hasRequestContext; gin.go: Engine.ContextWithFallback.
//   - github.com/gofiber/fiber/v2 v2.52.15, ctx.go: Ctx.Context and
//     Ctx.UserContext; github.com/gofiber/fiber/v3 v3.5.0, ctx.go: Ctx.Context.
package webctx
