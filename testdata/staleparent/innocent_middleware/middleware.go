// Package innocent_middleware has middlewares that put their span on the
// request, or that have no reason to.
package innocent_middleware

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	fiberv2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	"github.com/labstack/echo/v4"
	echo5 "github.com/labstack/echo/v5"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/staleparent/innocent_middleware/parse"
)

var tracer = otel.Tracer("mw")

func authorize(ctx context.Context, token string) error {
	_, span := tracer.Start(ctx, "authorize")
	defer span.End()
	if token == "" {
		return errors.New("denied")
	}
	return nil
}

// Gin puts the context on the request.
func Gin(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "gin")
	defer span.End()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// GinRestores also takes it off again.
func GinRestores(c *gin.Context) {
	saved := c.Request
	defer func() { c.Request = saved }()
	ctx, span := tracer.Start(saved.Context(), "gin")
	defer span.End()
	c.Request = saved.WithContext(ctx)
	c.Next()
}

// GinEnds ends its span before the handler runs, so the handler is no child.
func GinEnds(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "auth")
	err := authorize(ctx, c.GetHeader("Authorization"))
	span.End()
	if err != nil {
		c.AbortWithStatus(http.StatusUnauthorized)
		return
	}
	c.Next()
}

// GinEndsLiteral confines it to a literal.
func GinEndsLiteral(c *gin.Context) {
	err := func() error {
		ctx, span := tracer.Start(c.Request.Context(), "auth")
		defer span.End()
		return authorize(ctx, c.GetHeader("Authorization"))
	}()
	if err != nil {
		c.AbortWithStatus(http.StatusUnauthorized)
		return
	}
	c.Next()
}

// GinAfter starts its span when the handlers are done.
func GinAfter(c *gin.Context) {
	c.Next()
	ctx, span := tracer.Start(c.Request.Context(), "audit")
	defer span.End()
	_ = authorize(ctx, c.GetHeader("X-Audit"))
}

func setContext(c *gin.Context, ctx context.Context) { c.Request = c.Request.WithContext(ctx) }

// GinHelper puts it on through a helper.
func GinHelper(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "gin")
	defer span.End()
	setContext(c, ctx)
	c.Next()
}

// GinHandler has no next: it is a handler with a span for itself.
func GinHandler(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "handler")
	defer span.End()
	if err := authorize(ctx, c.Query("t")); err != nil {
		c.Status(http.StatusForbidden)
	}
}

// HTTP passes a request with the context.
func HTTP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "http")
		defer span.End()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// HTTPReassigned keeps it under the same name.
func HTTPReassigned(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "http")
		defer span.End()
		r = r.WithContext(ctx)
		next.ServeHTTP(w, r)
	})
}

// HTTPInPlace overwrites the request, so that those outside see its pattern.
func HTTPInPlace(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "http")
		defer span.End()
		*r = *r.WithContext(ctx)
		next.ServeHTTP(w, r)
	})
}

// HTTPClone clones.
func HTTPClone(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "http")
		defer span.End()
		r2 := r.Clone(context.WithValue(ctx, key{}, r.Method))
		next(w, r2)
	}
}

type key struct{}

// HTTPSkips passes on what it does not trace.
func HTTPSkips(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" {
			next.ServeHTTP(w, r)
			return
		}
		ctx, span := tracer.Start(r.Context(), "http")
		next.ServeHTTP(w, r.WithContext(ctx))
		span.End()
	})
}

// HTTPFallback answers by itself where it traces, and passes on the rest after
// its span has ended.
func HTTPFallback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "auth")
		if err := authorize(ctx, r.Header.Get("Authorization")); err != nil {
			span.RecordError(err)
			span.End()
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		span.End()
		next.ServeHTTP(w, r)
	})
}

// Echo sets the request.
func Echo(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, span := tracer.Start(c.Request().Context(), "echo")
		defer span.End()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// Echo5 sets it by way of a local.
func Echo5(next echo5.HandlerFunc) echo5.HandlerFunc {
	return func(c *echo5.Context) error {
		req := c.Request()
		ctx, span := tracer.Start(req.Context(), "echo5")
		defer span.End()
		req = req.WithContext(ctx)
		c.SetRequest(req)
		return next(c)
	}
}

// Fiber sets the context.
func Fiber(c fiber.Ctx) error {
	ctx, span := tracer.Start(c.Context(), "fiber")
	defer span.End()
	c.SetContext(ctx)
	return c.Next()
}

// Fiber2 sets the user context.
func Fiber2(c *fiberv2.Ctx) error {
	ctx, span := tracer.Start(c.UserContext(), "fiber2")
	defer span.End()
	c.SetUserContext(ctx)
	return c.Next()
}

// Fiber2Ends ends its span before Next.
func Fiber2Ends(c *fiberv2.Ctx) error {
	ctx, span := tracer.Start(c.UserContext(), "fiber2")
	err := authorize(ctx, c.Get("Authorization"))
	span.End()
	if err != nil {
		return fiberv2.ErrUnauthorized
	}
	return c.Next()
}

// Unary passes the new context on.
func Unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	ctx, span := tracer.Start(ctx, info.FullMethod, trace.WithSpanKind(trace.SpanKindServer))
	defer span.End()
	return handler(ctx, req)
}

// Stream wraps the stream.
func Stream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	ctx, span := tracer.Start(ss.Context(), info.FullMethod)
	defer span.End()
	return handler(srv, &stream{ss, ctx})
}

type stream struct {
	grpc.ServerStream
	ctx context.Context
}

// Context is the span's.
func (s *stream) Context() context.Context { return s.ctx }

// Parses measures how long it takes to read the request: what it calls is no
// handler that follows, but a function that is the same for all.
func Parses(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "parse")
	name, err := parse.Event(c.Request)
	if err != nil {
		span.AddEvent("no event")
	}
	span.End()
	_ = authorize(ctx, name)
}
