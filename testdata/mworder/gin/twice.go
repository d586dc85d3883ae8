package gin

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// Twice registers otelgin twice on one engine.
func Twice(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.Use(gin.Recovery())
	r.Use(otelgin.Middleware("shop")) // want `^tracing is registered twice, first on line 16, so each request has two server spans$`
	r.GET("/orders", s.list)
	return r
}

// TwiceInAList has both in one list.
func TwiceInAList(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"), gin.Recovery(), otelgin.Middleware("shop-v2")) // want `tracing is registered twice, first on line 26, so each request has two server spans`
	r.GET("/orders", s.list)
	return r
}

// Around wraps an engine that traces.
func Around(s *shop) http.Handler {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	return otelhttp.NewHandler(r, "server") // want `tracing is registered twice, first on line 34, so each request has two server spans`
}

// AroundServer does it in the server's literal.
func AroundServer(s *shop) *http.Server {
	engine := gin.Default()
	engine.Use(otelgin.Middleware("shop"))
	engine.GET("/orders", s.list)
	return &http.Server{
		Addr:    ":8080",
		Handler: otelhttp.NewHandler(engine, "server"), // want `tracing is registered twice, first on line 42, so each request has two server spans`
	}
}

// GroupInside has tracing on the engine and on its group.
func GroupInside(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	api := r.Group("/api")
	api.Use(gin.Recovery(), otelgin.Middleware("shop-api")) // want `tracing is registered twice, first on line 53, so each request has two server spans`
	api.GET("/orders", s.list)
	return r
}

// GroupArgument gives it to the group when it is made.
func GroupArgument(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	api := r.Group("/api", otelgin.Middleware("shop-api")) // want `tracing is registered twice, first on line 63, so each request has two server spans`
	api.GET("/orders", s.list)
	return r
}

// OnTheRoute has it on the engine and in the route's list.
func OnTheRoute(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", otelgin.Middleware("orders"), s.list) // want `tracing is registered twice, first on line 72, so each request has two server spans`
	return r
}

// HandAndLibrary has the project's own server span and the library's.
func HandAndLibrary(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.Use(middleware.Trace("shop")) // want `tracing is registered twice, first on line 80, so each request has two server spans`
	r.GET("/orders", s.list)
	return r
}

// TwoNames registers it once itself and once by the project's name for it.
func TwoNames(s *shop) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Telemetry("shop"), gin.Recovery())
	if gin.Mode() != gin.TestMode {
		r.Use(otelgin.Middleware("shop")) // want `tracing is registered twice, first on line 89, so each request has two server spans`
	}
	r.GET("/orders", s.list)
	return r
}
