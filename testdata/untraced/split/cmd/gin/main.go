// Package main serves with Gin and without otelgin.
package main

import (
	"context"
	"log"

	"github.com/gin-gonic/gin"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

// Logger and recovery are all that the engine has.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	r := gin.New() // want `the server has no tracing, so its requests start no span`
	r.Use(gin.Logger(), gin.Recovery())
	r.GET("/orders/:id", func(c *gin.Context) { c.String(200, c.Param("id")) })
	log.Print(r.Run())
}
