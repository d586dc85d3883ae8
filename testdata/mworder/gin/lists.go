package gin

import (
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/handlers"
	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// HandlerFirst has the handler before its tracing: the server span exists, but
// the handler's own are roots.
func HandlerFirst(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", s.list, otelgin.Middleware("shop")) // want `^tracing comes after \S*list in the handlers of GET /orders, so its spans have no parent$`
	return r
}

// NeedFirst has auth before tracing in the route's list.
func NeedFirst(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.POST("/orders", gin.Logger(), auth, otelgin.Middleware("shop"), orders.Create) // want `^tracing comes after auth in the handlers of POST /orders, so its spans have no parent$`
	return r
}

// OfGroup is a route of a group.
func OfGroup(s *shop) *gin.Engine {
	r := gin.New()
	api := r.Group("/api")
	api.GET("/orders", middleware.Guard(s.store), middleware.Trace("shop"), s.list) // want `tracing comes after \S*Guard\S* in the handlers of GET (/api)?/orders, so its spans have no parent`
	return r
}

// Handled uses Handle.
func Handled(orders *handlers.Orders) *gin.Engine {
	r := gin.New()
	r.Handle("GET", "/orders", orders.List, middleware.Telemetry("shop")) // want `tracing comes after \S*List in the handlers of GET /orders, so its spans have no parent`
	return r
}
