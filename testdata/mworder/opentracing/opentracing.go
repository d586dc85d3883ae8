// Package opentracing has tracing by hand, with OpenTracing's API, which says
// nothing of contexts: the span is put into one by itself.
package opentracing

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/opentracing/opentracing-go"
	"github.com/opentracing/opentracing-go/ext"
)

// traced starts the server's span; probes have none.
func traced(c *gin.Context) {
	if c.Request.URL.Path == "/liveness" {
		c.Next()
		return
	}
	parent, _ := opentracing.GlobalTracer().Extract(opentracing.HTTPHeaders, opentracing.HTTPHeadersCarrier(c.Request.Header))
	span := opentracing.StartSpan(c.FullPath(), ext.RPCServerOption(parent))
	defer span.Finish()
	c.Request = c.Request.WithContext(opentracing.ContextWithSpan(c.Request.Context(), span))
	c.Next()
}

func auth(c *gin.Context) {
	span, _ := opentracing.StartSpanFromContext(c.Request.Context(), "auth")
	span.Finish()
	c.Next()
}

func list(c *gin.Context) {
	span, _ := opentracing.StartSpanFromContext(c.Request.Context(), "list")
	defer span.Finish()
	c.Status(http.StatusOK)
}

// NeedyFirst has a middleware with spans outside.
func NeedyFirst() *gin.Engine {
	r := gin.New()
	r.Use(auth) // want `auth runs before tracing, which is registered on line 42, so its spans are in a trace of their own`
	r.Use(traced)
	r.GET("/orders", list)
	return r
}

// Recovered has the recovery outside.
func Recovered() *gin.Engine {
	r := gin.New()
	r.Use(gin.Recovery()) // want `recovery runs outside tracing`
	r.Use(traced)
	r.GET("/orders", list)
	return r
}

// TracedFirst is right.
func TracedFirst() *gin.Engine {
	r := gin.New()
	r.Use(traced, gin.Recovery(), auth)
	r.GET("/orders", list)
	return r
}

// LeavesSome is right: tracing leaves some routes alone, and this may be one.
func LeavesSome() *gin.Engine {
	r := gin.New()
	r.GET("/liveness", list)
	r.Use(traced)
	r.GET("/orders", list)
	return r
}
