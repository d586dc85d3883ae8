// Package main builds its processor by hand.
package main

import (
	"context"
	"log"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	. "go.opentelemetry.io/otel/sdk/trace"
)

// The batch processor is registered later; the provider is never shut down.
func main() {
	exporter, err := otlptracegrpc.New(context.Background(), otlptracegrpc.WithInsecure())
	if err != nil {
		log.Fatalln(err)
	}
	provider := NewTracerProvider(WithSpanProcessor(NewBatchSpanProcessor(exporter))) // want `provider is never shut down, so the spans of its last batch are lost`
	otel.SetTracerProvider(provider)

	r := gin.Default()
	r.Use(otelgin.Middleware("web"))
	if err := r.Run(); err != nil {
		log.Println(err)
	}
}
