package gin

import (
	"log/slog"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/backend"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

func auth(c *gin.Context) {
	_, span := tracer.Start(c.Request.Context(), "auth")
	defer span.End()
	if c.GetHeader("Authorization") == "" {
		c.AbortWithStatus(401)
	}
}

// AuthFirst runs auth before the propagator has run.
func AuthFirst(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(auth) // want `^auth runs before tracing, which is registered on line 25, so its spans are in a trace of their own$`
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// AuthFirstInList has both in one list.
func AuthFirstInList(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery(), auth, otelgin.Middleware("shop")) // want `^auth runs before tracing, which is registered on line 33, so its spans are in a trace of their own$` `recovery runs outside tracing`
	r.GET("/orders", s.list)
	return r
}

// OfAnotherPackage takes the middleware from another package.
func OfAnotherPackage(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(middleware.CORS)
	r.Use(middleware.Guard(s.store)) // want `Guard\S* runs before tracing, which is registered on line 43, so its spans are in a trace of their own`
	r.Use(middleware.Telemetry("shop"))
	r.GET("/orders", s.list)
	return r
}

// AsksTheDatabase has no span, but the driver's spans are roots.
func AsksTheDatabase(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Quota(s.store)) // want `Quota\S* runs before tracing, which is registered on line 52, so `
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// CallsAService has a closure that calls another service.
func CallsAService(s *shop, authorizer *backend.Authorizer) *gin.Engine {
	r := gin.New()
	r.Use(func(c *gin.Context) { // want `runs before tracing, which is registered on line 65, so what it calls is not in the request's trace`
		if err := authorizer.Check(c.Request.Context(), c.GetHeader("Authorization")); err != nil {
			c.AbortWithStatus(403)
		}
	})
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// LogsOutside logs with the context, which has no trace out there: otelgin
// puts the old request back.
func LogsOutside(s *shop, log *slog.Logger) *gin.Engine {
	r := gin.New()
	r.Use(middleware.AccessLog(log), otelgin.Middleware("shop")) // want `AccessLog\S* runs before tracing, which is registered on line 74, so `
	r.GET("/orders", s.list)
	return r
}

// ReadsTheID looks for the trace's id after the handlers.
func ReadsTheID(s *shop) *gin.Engine {
	r := gin.Default()         // want `recovery runs outside tracing`
	r.Use(middleware.TraceLog) // want `TraceLog runs before tracing, which is registered on line 83, so it finds no trace id`
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}

// BothFaults has a middleware and a route before tracing.
func BothFaults(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(auth) // want `auth runs before tracing, which is registered on line 93`
	r.GET("/orders", s.list)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 92`
	r.POST("/orders", s.create)
	return r
}

// TwoNeeds has two of them, each is one finding.
func TwoNeeds(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(
		middleware.TraceLog,       // want `TraceLog runs before tracing, which is registered on line \d+, so it finds no trace id`
		middleware.Guard(s.store), // want `Guard\S* runs before tracing, which is registered on line \d+, so its spans`
		otelgin.Middleware("shop"),
	)
	r.GET("/orders", s.list)
	return r
}

// TracingOnTheGroup has tracing on a group, the engine's middleware is always
// before it.
func TracingOnTheGroup(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(auth) // want `auth runs before tracing, which is registered on line 116, so its spans`
	api := r.Group("/api")
	api.Use(otelgin.Middleware("shop"))
	api.GET("/orders", s.list)
	return r
}

// GroupArguments gives the group its middlewares when it is made.
func GroupArguments(s *shop) *gin.Engine {
	r := gin.New()
	api := r.Group("/api", auth, otelgin.Middleware("shop")) // want `auth runs before tracing, which is registered on line 124, so its spans`
	api.GET("/orders", s.list)
	return r
}

// Spread spreads a slice of middlewares.
func Spread(s *shop) *gin.Engine {
	chain := []gin.HandlerFunc{
		middleware.RequestID(),
		auth, // want `auth runs before tracing, which is registered on line \d+, so its spans`
		otelgin.Middleware("shop"),
	}
	r := gin.New()
	r.Use(chain...)
	r.GET("/orders", s.list)
	return r
}

// Method is a method value.
func (s *shop) authorize(c *gin.Context) {
	if _, err := s.store.UserOf(c.Request.Context(), c.Query("token")); err != nil {
		c.AbortWithStatus(401)
	}
}

// MethodValue registers a method as the middleware.
func MethodValue(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(s.authorize) // want `authorize runs before tracing, which is registered on line 153, so what it calls is not in the request's trace`
	r.Use(middleware.Trace("shop"))
	r.GET("/orders", s.list)
	return r
}

// WrappedNeed runs auth on some routes.
func WrappedNeed(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(middleware.ExcludeRoutes(auth, "/login")) // want `runs before tracing, which is registered on line 162, so its spans`
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return r
}
