// Package main is right, or not shown to be wrong: what it makes may be given
// tracing by somebody else.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

type server struct{ engine *gin.Engine }

// Silent: the methods of the struct may register middlewares.
func newServer() *server { return &server{engine: gin.New()} }

// Silent: the options come from the caller.
func rpc(opts []grpc.ServerOption) *grpc.Server { return grpc.NewServer(opts...) }

// Silent: all fields are given, the transport is the first.
func client(rt http.RoundTripper) http.Client { return http.Client{rt, nil, nil, 0} }

// Silent: a route has a middleware of its own.
func routes(traced, show gin.HandlerFunc) http.Handler {
	r := gin.New()
	r.GET("/orders/:id", traced, show)
	return r
}

// Silent: only wiring.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)
	_, _ = rpc(nil), routes(nil, nil)
	c := client(nil)
	log.Print(newServer().engine.Run(), c.Timeout)
}
