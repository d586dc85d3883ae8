// Package main is right: a goroutine has the provider, and ends it.
package main

import (
	"context"
	"os"
	"os/signal"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func ending(ends <-chan func(context.Context) error, finished chan<- struct{}) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	<-signals
	for end := range ends {
		_ = end(context.Background())
	}
	close(finished)
}

// Silent: Shutdown is sent over a channel.
func main() {
	exp, err := otlptracegrpc.New(context.Background())
	if err != nil {
		panic(err)
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	ends, finished := make(chan func(context.Context) error, 1), make(chan struct{})
	ends <- tp.Shutdown
	close(ends)
	go ending(ends, finished)
	<-finished
}
