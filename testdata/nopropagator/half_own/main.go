// Package main gives its server a propagator and forgets its client.
package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

var upstream = http.Client{Transport: otelhttp.NewTransport(nil)}

// The server joins its caller's trace; the calls of upstream start new ones.
func main() {
	otel.SetTracerProvider(sdktrace.NewTracerProvider()) // want `no propagator in the whole program`

	r := gin.New()
	r.Use(otelgin.Middleware("edge", otelgin.WithPropagators(propagation.TraceContext{})))
	r.GET("/", func(c *gin.Context) {
		req, err := http.NewRequestWithContext(c.Request.Context(), "GET", "http://backend/", nil)
		if err != nil {
			c.Status(500)
			return
		}
		if res, err := upstream.Do(req); err == nil {
			res.Body.Close()
		}
	})
	_ = r.Run()
}
