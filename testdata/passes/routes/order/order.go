// Package order registers in all the ways that the tests of passes/routes look at.
package order

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
)

func list(c *gin.Context) {
	_, span := otel.Tracer("order").Start(c.Request.Context(), "list")
	span.End()
}

func plain() *gin.Engine {
	r := gin.New()
	r.Use(otelgin.Middleware("order"))
	r.GET("/orders", list)
	return r
}

type server struct{ engine *gin.Engine }

func (s *server) routes()  { s.engine.GET("/orders", list) }
func (s *server) tracing() { s.engine.Use(otelgin.Middleware("order")) }

func fields() *server {
	s := &server{engine: gin.New()}
	s.engine.GET("/orders", list)
	s.engine.Use(otelgin.Middleware("order"))
	return s
}

func groups() *gin.Engine {
	r := gin.New()
	r.Use(func(c *gin.Context) { c.Header("X-Order", "1") })
	api := r.Group("/api")
	r.Use(otelgin.Middleware("order"))
	api.GET("/orders", list)
	return r
}

func branches(tracing bool) *gin.Engine {
	r := gin.New()
	if tracing {
		r.Use(otelgin.Middleware("order"))
	}
	r.GET("/a", list)
	if !tracing {
		return r
	}
	r.GET("/b", list)
	return r
}

func unknown(register func(*gin.Engine)) *gin.Engine {
	r := gin.New()
	register(r)
	r.GET("/orders", list)
	return r
}

func orders(w http.ResponseWriter, r *http.Request) {
	_, span := otel.Tracer("order").Start(r.Context(), "orders")
	span.End()
	w.WriteHeader(http.StatusOK)
}

func same(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })
}

func wrapped() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/orders", orders)
	return same(otelhttp.NewHandler(mux, "order"))
}

var _ = []any{plain, (*server).routes, (*server).tracing, fields, groups, branches, unknown, wrapped}
