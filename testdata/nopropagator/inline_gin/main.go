// Package main is the smallest service: everything in one function.
package main

import (
	"context"
	"log"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// The middleware extracts with the global propagator, which has no fields.
func main() {
	ctx := context.Background()
	exporter, err := otlptracegrpc.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter))
	otel.SetTracerProvider(tp) // want `a tracer provider is set, but no propagator in the whole program, so no trace goes beyond this process`

	r := gin.New()
	r.Use(otelgin.Middleware("orders"))
	r.GET("/orders", func(c *gin.Context) { c.Status(204) })
	if err := r.Run(":8080"); err != nil {
		log.Print(err)
	}
}
