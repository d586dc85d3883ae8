// Package main is right: the method value goes into the lifecycle.
package main

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.uber.org/fx"
)

// Silent: fx is given Shutdown itself.
func main() {
	fx.New(fx.Invoke(func(lc fx.Lifecycle) error {
		exp, err := otlptracehttp.New(context.Background())
		if err != nil {
			return err
		}
		tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
		otel.SetTracerProvider(tp)
		lc.Append(fx.StopHook(tp.Shutdown))
		return nil
	})).Run()
}
