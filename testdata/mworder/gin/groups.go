package gin

import (
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"

	"github.com/tracevet/tracevet/testdata/mworder/middleware"
)

// GroupBefore makes the group before tracing: gin copies the chain into the
// group when it is made, so even the routes that come later are not covered.
func GroupBefore(s *shop) *gin.Engine {
	r := gin.New()
	api := r.Group("/api")
	r.Use(otelgin.Middleware("shop")) // want `^tracing is registered after the group /api on line 14, whose requests get no server span$`
	api.GET("/orders", s.list)
	return r
}

// GroupOfGroup has the routes in a group of the group.
func GroupOfGroup(s *shop) *gin.Engine {
	r := gin.New()
	api := r.Group("/api")
	v1 := api.Group("/v1")
	r.Use(gin.Logger())
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after the group /api\S* on line 2[34]`
	v1.GET("/orders", s.list)
	return r
}

// OneOfTwo has one group before and one after.
func OneOfTwo(s *shop) *gin.Engine {
	r := gin.Default() // want `recovery runs outside tracing`
	admin := r.Group("/admin", middleware.StaticToken("secret"))
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after the group /admin on line 34`
	api := r.Group("/api")
	{
		api.GET("/orders", s.list)
	}
	{
		admin.POST("/orders", s.create)
	}
	return r
}

// RouteOfGroup has the group's routes before tracing too.
func RouteOfGroup(s *shop) *gin.Engine {
	r := gin.New()
	v1 := r.Group("/v1")
	v1.GET("/orders", s.list)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after .* on line (49|50), whose requests get no server span`
	return r
}

// OnTheGroup registers tracing on the group, after one of its routes.
func OnTheGroup(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/livez", func(c *gin.Context) { c.Status(200) })
	api := r.Group("/api")
	api.GET("/orders", s.list)
	api.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET (/api)?/orders on line 60`
	api.POST("/orders", s.create)
	return r
}

// GroupInGroup makes the inner group before the outer one traces.
func GroupInGroup(s *shop) *gin.Engine {
	r := gin.New()
	api := r.Group("/api")
	orders := api.Group("/orders")
	api.Use(otelgin.Middleware("shop")) // want `tracing is registered after the group (/api)?/orders on line 70`
	orders.GET("", s.list)
	orders.POST("", s.create)
	return r
}

// EmbeddedGroup uses the engine's embedded group by name.
func EmbeddedGroup(s *shop) *gin.Engine {
	r := gin.New()
	r.RouterGroup.GET("/orders", s.list)
	r.RouterGroup.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 80`
	return r
}

// ThroughInterface holds the engine as an IRouter.
func ThroughInterface(s *shop) *gin.Engine {
	r := gin.New()
	var routes gin.IRoutes = r
	routes.GET("/orders", s.list)
	r.Use(otelgin.Middleware("shop")) // want `tracing is registered after GET /orders on line 89`
	return r
}
