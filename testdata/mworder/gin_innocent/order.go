// Package gin_innocent has gin engines that look wrongly ordered and are right.
package gin_innocent

import (
	"net/http"
	"net/http/pprof"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

var tracer = otel.Tracer("shop")

type shop struct {
	store *backend.Store
}

func (s *shop) list(c *gin.Context) {
	ctx, span := tracer.Start(c.Request.Context(), "list")
	defer span.End()
	orders, err := s.store.Orders(ctx)
	if err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.JSON(http.StatusOK, orders)
}

// TracingFirst is the order of the documentation.
func TracingFirst(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.Use(gin.Logger(), gin.Recovery())
	r.GET("/orders", s.list)
	return r
}

// Default has logger and recovery before tracing: the logger takes no
// context, recovery is a category of its own, off by default.
func Default(s *shop) *gin.Engine {
	r := gin.Default() // want `recovery runs outside tracing`
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// HealthBefore leaves routes untraced on purpose: their handlers only reply.
func HealthBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/livez", handlers.Live)
	r.GET("/version", handlers.Version("v1"))
	r.GET("/metrics", gin.WrapH(promhttp.Handler()))
	r.GET("/ping", func(c *gin.Context) { c.String(http.StatusOK, "pong") })
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// StaticBefore serves files untraced.
func StaticBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.Static("/assets", "./public")
	r.StaticFile("/favicon.ico", "./public/favicon.ico")
	r.StaticFS("/docs", http.Dir("./docs"))
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// NoRouteBefore is covered whatever the order: Use builds that chain anew.
func NoRouteBefore(s *shop) *gin.Engine {
	r := gin.New()
	r.NoRoute(s.list)
	r.NoMethod(s.list)
	r.Use(otelgin.Middleware("shop"))
	return r
}

// OwnTracing is a route before Use with tracing in its own list.
func OwnTracing(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/export", otelgin.Middleware("export"), s.list)
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// OwnTracingOfGroup is a group before Use that has tracing of its own: the
// engine's does not reach it, so it is neither late nor twice.
func OwnTracingOfGroup(s *shop) *gin.Engine {
	r := gin.New()
	batch := r.Group("/batch")
	batch.Use(otelgin.Middleware("batch"))
	r.Use(otelgin.Middleware("shop"))
	batch.GET("/orders", s.list)
	r.GET("/orders", s.list)
	return r
}

// GroupOfProbes is a group before tracing whose routes only reply.
func GroupOfProbes(s *shop) *gin.Engine {
	r := gin.New()
	probes := r.Group("/probes")
	probes.GET("/live", handlers.Live)
	probes.GET("/version", handlers.Version("v1"))
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// EmptyGroup has no route at all before or after.
func EmptyGroup(s *shop) *gin.Engine {
	r := gin.New()
	_ = r.Group("/later")
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// GroupAfter makes the group when tracing is there.
func GroupAfter(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	api := r.Group("/api")
	{
		v1 := api.Group("/v1")
		v1.GET("/orders", s.list)
	}
	return r
}

// OtherRouter registers a route on another engine before.
func OtherRouter(s *shop) (*gin.Engine, *gin.Engine) {
	admin, public := gin.New(), gin.New()
	admin.GET("/orders", s.list)
	public.Use(otelgin.Middleware("shop"))
	public.GET("/orders", s.list)
	return admin, public
}

// SiblingGroup has its tracing after the routes of another group.
func SiblingGroup(s *shop) *gin.Engine {
	r := gin.New()
	internal := r.Group("/internal")
	internal.GET("/orders", s.list)
	api := r.Group("/api")
	api.Use(otelgin.Middleware("shop"))
	api.GET("/orders", s.list)
	return r
}

// GroupTracingAfterEngineRoutes is the group's tracing only: no order would
// have covered the engine's route by it.
func GroupTracingAfterEngineRoutes(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	api := r.Group("/api", otelgin.Middleware("shop"))
	api.GET("/orders", s.list)
	return r
}

// Excluded registers the route that the wrapper would skip anyway.
func Excluded(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/export", s.list)
	r.Use(middleware.ExcludeRoutes(otelgin.Middleware("shop"), "/export"))
	r.GET("/orders", s.list)
	return r
}

// Around has routes before Use, but otelhttp around the whole engine, which
// covers them.
func Around(s *shop) http.Handler {
	r := gin.New()
	r.GET("/orders", s.list)
	r.Use(gin.Recovery())
	return otelhttp.NewHandler(r, "server")
}

// SectionAfterRoutes has a middleware that starts spans after a route: the
// engine traces already, the section is for what comes after it.
func SectionAfterRoutes(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/public", s.list)
	r.Use(middleware.Section("private"))
	r.GET("/orders", s.list)
	return r
}

// NotTracing registers other middlewares after routes.
func NotTracing(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	r.Use(middleware.CORS, middleware.RequestID())
	r.GET("/more", s.list)
	return r
}

// Either registers tracing early in both branches.
func Either(s *shop, byHand bool) *gin.Engine {
	r := gin.New()
	if byHand {
		r.Use(middleware.Trace("shop"))
	} else {
		r.Use(otelgin.Middleware("shop"))
	}
	r.GET("/orders", s.list)
	return r
}

// Exclusive returns before the tracing of the other kind: no engine has both
// the route and a later Use.
func Exclusive(s *shop, plain bool) *gin.Engine {
	r := gin.New()
	if plain {
		r.GET("/orders", s.list)
		return r
	}
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// Replaced makes a new engine in the same variable.
func Replaced(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list)
	go func(old *gin.Engine) { _ = old.Run(":9090") }(r)
	r = gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// Filtered registers the route that tracing's own filter leaves out.
func Filtered(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/readyz", s.list)
	r.Use(otelgin.Middleware("shop", otelgin.WithFilter(func(req *http.Request) bool {
		return req.URL.Path != "/readyz"
	})))
	r.GET("/orders", s.list)
	return r
}

// Profiles has handlers of another module before tracing.
func Profiles(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/debug/pprof/*any", gin.WrapF(pprof.Index))
	r.Any("/debug/symbol", gin.WrapF(pprof.Symbol))
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// waits uses the request's context for nothing but its end.
func waits(c *gin.Context) {
	<-c.Request.Context().Done()
	c.Status(http.StatusNoContent)
}

// NoWork has a handler before tracing that hands the context to nobody.
func NoWork(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/wait", waits)
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}
