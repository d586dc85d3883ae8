// Package innocent_real holds code that looks as if it worked under an older
// span, in the shapes that the instrumentation layers and the services of real
// programs have. All of it is right.
package innocent_real

import (
	"context"
	"errors"
	"net/http"
	"net/http/httputil"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v3"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("github.com/acme/shop")

// instr is the instrumentation of a component.
type instr struct {
	tracer trace.Tracer
	name   string
}

// start returns the context with the span, and what ends it.
func (h *instr) start(ctx context.Context) (context.Context, func(error)) {
	ctx, span := h.tracer.Start(ctx, h.name)
	return ctx, func(err error) {
		if err != nil {
			span.RecordError(err)
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
}

// Wrap starts through a method that returns the end function: the request that
// goes on has the context.
func (h *instr) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, end := h.start(r.Context())
		defer end(nil)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// startRequest returns the request with the context in it.
func startRequest(r *http.Request, name string) (*http.Request, trace.Span) {
	ctx, span := tracer.Start(r.Context(), name, trace.WithSpanKind(trace.SpanKindServer))
	return r.WithContext(ctx), span
}

// WrapRequest gets a request in place of a context: the new one goes on.
func WrapRequest(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r, span := startRequest(r, "wrapped")
		defer span.End()
		next(w, r)
	}
}

// begin puts the span on the request of gin's context and returns it.
func begin(c *gin.Context, name string) trace.Span {
	ctx, span := tracer.Start(c.Request.Context(), name)
	c.Request = c.Request.WithContext(ctx)
	return span
}

// Session has its span put on the request by the helper that starts it.
func Session() gin.HandlerFunc {
	return func(c *gin.Context) {
		span := begin(c, "session")
		defer span.End()
		c.Next()
		span.SetAttributes(attribute.Int("http.response.status_code", c.Writer.Status()))
	}
}

// Audited has a span only for what it does after the handlers: the defer that
// starts it runs when they are done, although it stands above c.Next.
func Audited(write func(context.Context, string) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			ctx, span := tracer.Start(c.Request.Context(), "audit")
			defer span.End()
			if err := write(ctx, c.FullPath()); err != nil {
				span.RecordError(err)
				span.SetStatus(codes.Error, "audit")
			}
		}()
		c.Next()
	}
}

// Sampled traces some of the requests: the request is replaced in the branch
// that starts the span, and goes on as it is in the other.
func Sampled(every int64, next http.Handler) http.Handler {
	var n atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1)%every == 0 {
			ctx, span := tracer.Start(r.Context(), "sampled")
			defer span.End()
			r = r.WithContext(ctx)
		}
		next.ServeHTTP(w, r)
	})
}

var errDenied = errors.New("denied")

// gateway is a handler of its own in front of a proxy.
type gateway struct {
	proxy *httputil.ReverseProxy
	auth  *instr
}

// ServeHTTP authorizes in one span that is over by then, and proxies under
// another whose context the request has.
func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, end := g.auth.start(r.Context())
	if r.Header.Get("Authorization") == "" {
		end(errDenied)
		http.Error(w, "denied", http.StatusUnauthorized)
		return
	}
	end(nil)
	ctx, span := tracer.Start(r.Context(), "proxy", trace.WithSpanKind(trace.SpanKindClient))
	defer span.End()
	g.proxy.ServeHTTP(w, r.Clone(ctx))
}

// Mount passes the request with the context through handlers that net/http
// makes of the next one.
func Mount(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "api")
		defer span.End()
		inner := http.StripPrefix("/api", http.TimeoutHandler(next, time.Second, "late"))
		inner.ServeHTTP(w, r.WithContext(ctx))
	})
}

// ChiRoute names its span when the route is known: chi has the pattern after the
// handlers only.
func ChiRoute(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), r.Method)
		defer func() {
			span.SetName(r.Method + " " + chi.RouteContext(r.Context()).RoutePattern())
			span.End()
		}()
		*r = *r.WithContext(ctx)
		next.ServeHTTP(w, r)
	})
}

// MuxVars puts the context on the request by mux's own function, which copies.
func MuxVars() mux.MiddlewareFunc {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			vars := mux.Vars(r)
			ctx, span := tracer.Start(r.Context(), "tenant")
			defer span.End()
			span.SetAttributes(attribute.String("tenant", vars["tenant"]))
			next.ServeHTTP(w, mux.SetURLVars(r.WithContext(ctx), vars))
		})
	}
}

// tracedContext is echo's context with a request of its own.
type tracedContext struct {
	echo.Context
	req *http.Request
}

// Request is the one with the span.
func (t tracedContext) Request() *http.Request { return t.req }

// EchoWrapped does not touch the request that echo holds: the handlers get a
// context that answers with another.
func EchoWrapped(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, span := tracer.Start(c.Request().Context(), c.Path())
		defer span.End()
		return next(tracedContext{Context: c, req: c.Request().WithContext(ctx)})
	}
}

// FiberEnds is a leaf under fiber: its work is done, and its span ended by the
// function that it got, before the handlers run.
func (h *instr) FiberEnds(check func(context.Context, string) error) fiber.Handler {
	return func(c fiber.Ctx) error {
		ctx, end := h.start(c.Context())
		err := check(ctx, c.Get("X-Key"))
		end(err)
		if err != nil {
			return fiber.ErrUnauthorized
		}
		return c.Next()
	}
}

// step is a step of the shop's own pipeline, and chained are the ones around it.
type step func(ctx context.Context) error

// Chain wraps the step by spans in a loop: each literal assigns its own
// parameter, so nothing climbs.
func Chain(run step, names ...string) step {
	for i := len(names) - 1; i >= 0; i-- {
		next, name := run, names[i]
		run = func(ctx context.Context) error {
			var span trace.Span
			ctx, span = tracer.Start(ctx, "chain", trace.WithAttributes(attribute.String("step", name)))
			defer span.End()
			return next(ctx)
		}
	}
	return run
}

// Around reassigns ctx in a hook of the literal: next gets what the hook left.
func (h *instr) Around(next step) step {
	return func(ctx context.Context) error {
		var end func(error)
		before := func() { ctx, end = h.start(ctx) }
		before()
		err := next(ctx)
		end(err)
		return err
	}
}
