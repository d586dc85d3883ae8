// Package cmd has the commands of a program.
package cmd

import (
	"context"
	"log"
	"net/http"

	"github.com/spf13/cobra"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func setup(ctx context.Context) (func(context.Context) error, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	return tp.Shutdown, nil
}

var root = &cobra.Command{Use: "shop"}

func init() { root.AddCommand(serve) }

// Execute runs the program.
func Execute() { log.Print(root.ExecuteContext(context.Background())) }

// Nothing sets a propagator: the finding stands in the program.
var serve = &cobra.Command{Use: "serve", RunE: func(c *cobra.Command, _ []string) error {
	if _, err := setup(c.Context()); err != nil {
		return err
	}
	return http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web"))
}}
