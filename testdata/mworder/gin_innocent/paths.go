package gin_innocent

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// EarlyReturn registers routes without tracing, and returns: what comes below is
// for the other case.
func EarlyReturn(s *shop, bare bool) *gin.Engine {
	r := gin.New()
	if bare {
		r.GET("/orders", s.list)
		return r
	}
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// ByMode traces in one of the arms, before any route.
func ByMode(s *shop, mode string) *gin.Engine {
	r := gin.New()
	switch mode {
	case "full":
		r.Use(otelgin.Middleware("shop"), middleware.Guard(s.store))
	case "bare":
		r.Use(middleware.Guard(s.store))
	}
	r.GET("/orders", s.list)
	return r
}

// EachItsOwn makes an engine in each iteration: the routes of the last one are not
// those of this one.
func EachItsOwn(s *shop, names []string) []*gin.Engine {
	var all []*gin.Engine
	for _, name := range names {
		r := gin.New()
		r.Use(otelgin.Middleware(name))
		r.GET("/orders", s.list)
		all = append(all, r)
	}
	return all
}

// Reused gives a variable another engine.
func Reused(s *shop) (admin, public *gin.Engine) {
	r := gin.New()
	r.GET("/stats", gin.WrapF(http.NotFound))
	admin = r
	r = gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return admin, r
}

// Later registers routes in a function that runs after tracing was registered,
// though it stands before.
func Later(s *shop) *gin.Engine {
	r := gin.New()
	routes := func() { r.GET("/orders", s.list) }
	r.Use(otelgin.Middleware("shop"))
	routes()
	return r
}

// Handed gives its engine to a function of the standard library's kind, which
// registers nothing.
func Handed(s *shop) *gin.Engine {
	r := gin.New()
	describe(r)
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

func describe(r *gin.Engine) { slog.Info("engine", "routes", len(r.Routes())) }

// Probes has handlers of the project that do no work, behind functions.
func Probes(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/version", handlers.Version("1.2"))
	r.GET("/live", handlers.Live)
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// ready only looks at a value in memory.
func ready(flag *atomic.Bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		if !flag.Load() {
			c.AbortWithStatus(http.StatusServiceUnavailable)
		}
	}
}

// ReadyBefore refuses requests before they are traced.
func ReadyBefore(s *shop, flag *atomic.Bool) *gin.Engine {
	r := gin.New()
	r.Use(ready(flag))
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// limit is given a function that may take a context, and gives it none.
func limit(allow func(context.Context, string) bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		if !allow(context.Background(), c.ClientIP()) {
			c.AbortWithStatus(http.StatusTooManyRequests)
		}
	}
}

// LimitBefore needs no span: what it calls is in no request's trace wherever it
// stands.
func LimitBefore(s *shop, allow func(context.Context, string) bool) *gin.Engine {
	r := gin.New()
	r.Use(limit(allow))
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// Blank puts nothing into the list of its middlewares but what is harmless.
func Blank(s *shop, extra ...gin.HandlerFunc) *gin.Engine {
	r := gin.New()
	all := []gin.HandlerFunc{middleware.RequestID(), otelgin.Middleware("shop")}
	r.Use(append(all, extra...)...)
	r.GET("/orders", s.list)
	return r
}

// Shared gives two engines one middleware: each has it once.
func Shared(s *shop) (a, b *gin.Engine) {
	tracing := otelgin.Middleware("shop")
	a, b = gin.New(), gin.New()
	a.Use(tracing)
	b.Use(tracing)
	a.GET("/orders", s.list)
	b.GET("/orders", s.list)
	return a, b
}

// Sorted registers the group with tracing first, and probes beside it after.
func Sorted(s *shop) *gin.Engine {
	r := gin.New()
	api := r.Group("/api")
	api.Use(otelgin.Middleware("shop"))
	{
		api.GET("/orders", s.list)
		api.GET("/orders/:id", middleware.Guard(s.store), s.list)
	}
	r.GET("/live", handlers.Live)
	return r
}
