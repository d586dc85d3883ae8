package opentracing

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/opentracing/opentracing-go"
)

// fromHeaders is a library of the company: it starts a span for a request.
func fromHeaders(ctx context.Context, name string, header http.Header) (context.Context, opentracing.Span) {
	parent, _ := opentracing.GlobalTracer().Extract(opentracing.HTTPHeaders, opentracing.HTTPHeadersCarrier(header))
	span := opentracing.GlobalTracer().StartSpan(name, opentracing.ChildOf(parent))
	return opentracing.ContextWithSpan(ctx, span), span
}

// enhanced starts the server's span on the context of the program.
func enhanced(ctx context.Context, endpoint string) gin.HandlerFunc {
	return func(c *gin.Context) {
		traced, span := fromHeaders(ctx, endpoint, c.Request.Header)
		defer span.Finish()
		c.Request = c.Request.WithContext(traced)
		c.Next()
	}
}

// EachRoute has tracing in the lists of the routes.
func EachRoute(ctx context.Context) *gin.Engine {
	r := gin.New()
	r.GET("/right", enhanced(ctx, "/right"), auth, list)
	r.GET("/orders", auth, enhanced(ctx, "/orders"), list) // want `tracing comes after auth in the handlers of GET /orders, so its spans have no parent`
	return r
}

// ProbeFirst is right: what comes before tracing only replies.
func ProbeFirst() *gin.Engine {
	r := gin.New()
	r.GET("/readiness", func(c *gin.Context) { c.Status(http.StatusOK) })
	r.Use(traced)
	r.GET("/orders", list)
	return r
}

// EachGroup is right: tracing is first in the list of each group.
func EachGroup(ctx context.Context) *gin.Engine {
	r := gin.New()
	r.Group("/v1", enhanced(ctx, "/v1"), auth).GET("/orders", list)
	r.Group("/v2", enhanced(ctx, "/v2"), auth).GET("/orders", list)
	return r
}
