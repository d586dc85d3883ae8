// Package main is right: nothing in it uses the global propagator.
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

var formats = propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{})

// Silent: server and client are given their propagator.
func main() {
	otel.SetTracerProvider(sdktrace.NewTracerProvider())

	client := http.Client{Transport: otelhttp.NewTransport(nil, otelhttp.WithPropagators(formats))}
	r := gin.New()
	r.Use(otelgin.Middleware("edge", otelgin.WithPropagators(formats)))
	r.GET("/", func(c *gin.Context) {
		req, _ := http.NewRequestWithContext(c.Request.Context(), "GET", "http://backend/", nil)
		if res, err := client.Do(req); err == nil {
			res.Body.Close()
		}
	})
	_ = r.Run()
}
