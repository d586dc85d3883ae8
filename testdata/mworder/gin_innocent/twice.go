package gin_innocent

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// TwoGroups has tracing on each of two groups, with names of their own.
func TwoGroups(s *shop) *gin.Engine {
	r := gin.New()
	api := r.Group("/api")
	api.Use(otelgin.Middleware("api"))
	api.GET("/orders", s.list)
	admin := r.Group("/admin")
	admin.Use(otelgin.Middleware("admin"))
	admin.GET("/orders", s.list)
	return r
}

// TwoEngines traces both.
func TwoEngines(s *shop) []*gin.Engine {
	public := gin.New()
	public.Use(otelgin.Middleware("public"))
	public.GET("/orders", s.list)
	private := gin.New()
	private.Use(otelgin.Middleware("private"))
	private.GET("/orders", s.list)
	return []*gin.Engine{public, private}
}

// AroundAnother wraps a mux that is not the engine.
func AroundAnother(s *shop) (http.Handler, http.Handler) {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/orders", s.list)
	mux := http.NewServeMux()
	mux.HandleFunc("/admin", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	return r, otelhttp.NewHandler(mux, "admin")
}

// BesideTheEngine mounts the engine and a wrapped handler on one mux: no
// request goes through both.
func BesideTheEngine(s *shop, other http.Handler) http.Handler {
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/api/orders", s.list)
	mux := http.NewServeMux()
	mux.Handle("/api/", r)
	mux.Handle("/other/", otelhttp.NewHandler(other, "other"))
	return mux
}

// ClientSide traces what the program calls, not a second time what it serves.
func ClientSide(s *shop) *gin.Engine {
	client := &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.GET("/proxy", func(c *gin.Context) {
		req, err := http.NewRequestWithContext(c.Request.Context(), http.MethodGet, "http://inventory/items", nil)
		if err != nil {
			c.AbortWithStatus(http.StatusInternalServerError)
			return
		}
		res, err := client.Do(req)
		if err != nil {
			c.AbortWithStatus(http.StatusBadGateway)
			return
		}
		defer res.Body.Close()
		c.Status(res.StatusCode)
	})
	r.GET("/orders", s.list)
	return r
}

// ByService has one of two, never both.
func ByService(s *shop, name string) *gin.Engine {
	r := gin.New()
	switch name {
	case "api":
		r.Use(otelgin.Middleware("api"))
	case "admin":
		r.Use(otelgin.Middleware("admin"), gin.Recovery())
	}
	r.GET("/orders", s.list)
	return r
}

// EngineAfterGroup registers the engine's tracing after the group with its
// own was made: the group has copied the chain without it.
func EngineAfterGroup(s *shop) *gin.Engine {
	r := gin.New()
	api := r.Group("/api", otelgin.Middleware("api"))
	r.Use(otelgin.Middleware("shop"))
	api.GET("/orders", s.list)
	r.GET("/orders", s.list)
	return r
}

// PerRoute traces two routes, each by its own list.
func PerRoute(s *shop) *gin.Engine {
	r := gin.New()
	r.GET("/orders", otelgin.Middleware("orders"), s.list)
	r.GET("/export", otelgin.Middleware("export"), s.list)
	return r
}
