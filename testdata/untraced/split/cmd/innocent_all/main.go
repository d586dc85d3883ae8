// Package main is right: everything in it is instrumented.
package main

import (
	"context"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/XSAM/otelsql"
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

// Silent: the stats handler is in a slice of options.
func serveGRPC(lis net.Listener, extra ...grpc.ServerOption) error {
	opts := append([]grpc.ServerOption{grpc.StatsHandler(otelgrpc.NewServerHandler())}, extra...)
	return grpc.NewServer(opts...).Serve(lis)
}

// Silent: the option comes from a function.
func dial(target string) (*grpc.ClientConn, error) {
	return grpc.NewClient(target, tracing(), grpc.WithTransportCredentials(insecure.NewCredentials()))
}

func tracing() grpc.DialOption { return grpc.WithStatsHandler(otelgrpc.NewClientHandler()) }

// Silent: the transport is set after the literal.
func client() *http.Client {
	c := new(http.Client)
	c.Transport = otelhttp.NewTransport(http.DefaultTransport)
	return c
}

// Silent: the engine is traced in a helper.
func engine() *gin.Engine {
	r := gin.New()
	use(r)
	return r
}

func use(r gin.IRoutes) { r.Use(otelgin.Middleware("all"), gin.Recovery()) }

// Silent: otelsql opens the database.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	db, err := otelsql.Open("postgres", os.Getenv("DSN"))
	if err != nil {
		log.Print(err)
		return
	}
	defer db.Close()
	conn, err := dial("billing:9090")
	if err != nil {
		log.Print(err)
		return
	}
	defer conn.Close()
	if lis, err := net.Listen("tcp", ":9090"); err == nil {
		go serveGRPC(lis)
	}
	if res, err := client().Get("http://billing/"); err == nil {
		res.Body.Close()
	}
	log.Print(engine().Run())
}
