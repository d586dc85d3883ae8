// Package main is the server, with its set-up in another package.
package main

import (
	"context"
	"log"

	"github.com/labstack/echo-opentelemetry"
	"github.com/labstack/echo/v5"

	"github.com/tracevet/tracevet/testdata/nopropagator/split/telemetry"
)

// Package propagate would have been imported for it.
func main() {
	ctx := context.Background()
	stop, err := telemetry.Init(ctx) // want `telemetry.Init sets a tracer provider, but nothing in the program sets a propagator, so no trace goes beyond this process`
	if err != nil {
		log.Fatal(err)
	}
	defer stop(ctx)

	e := echo.New()
	e.Use(echootel.NewMiddleware("catalog"))
	e.GET("/items", func(c *echo.Context) error { return c.NoContent(204) })
	if err := e.Start(":8080"); err != nil {
		log.Print(err)
	}
}
