package fixes

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/riandyrn/otelchi"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// Lines moves tracing's line before the guard's.
func Lines(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.CORS)
	r.Use(middleware.Guard(orders.Store)) // want `runs before tracing, which is registered on line \d+, so its spans`
	r.Use(otelgin.Middleware(service))
	r.GET("/orders", orders.List)
	return r
}

// List puts tracing first in the list.
func List(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Guard(orders.Store), otelgin.Middleware(service)) // want `runs before tracing, which is registered on line \d+, so its spans`
	r.GET("/orders", orders.List)
	return r
}

// LongList has a list over lines, with comments.
func LongList(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(
		middleware.RequestID(), // for the log
		middleware.TraceLog,    // want `runs before tracing, which is registered on line \d+, so it finds no trace id`
		otelgin.Middleware(service),
		gin.Recovery(),
	)
	r.GET("/orders", orders.List)
	return r
}

// Both has a needy middleware and a route before tracing: one move mends both.
func Both(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(middleware.Guard(orders.Store)) // want `runs before tracing, which is registered on line \d+, so its spans`
	r.GET("/orders", orders.List)
	r.Use(otelgin.Middleware(service)) // want `tracing is registered after GET /orders on line \d+`
	r.POST("/orders", orders.Create)
	return r
}

func auth(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, span := otel.Tracer("auth").Start(r.Context(), "auth")
		span.End()
		next.ServeHTTP(w, r)
	})
}

// Chi moves chi's, whose argument is the router itself.
func Chi(list http.HandlerFunc) chi.Router {
	r := chi.NewRouter()
	r.Use(auth) // want `auth runs before tracing, which is registered on line \d+, so its spans`
	r.Use(otelchi.Middleware(service, otelchi.WithChiRoutes(r)))
	r.Get("/orders", list)
	return r
}

// Twice has two statements in one function: the second can go alone.
func Twice(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware(service))
	r.Use(gin.Recovery())
	r.Use(otelgin.Middleware(service)) // want `tracing is registered twice, first on line \d+`
	r.GET("/orders", orders.List)
	return r
}
