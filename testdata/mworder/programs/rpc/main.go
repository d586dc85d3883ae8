// The program makes gRPC servers with the options of another package.
package main

import (
	"log"
	"net"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/mworder/programs/rpc/options"
)

// doubled adds a stats handler to options that have one.
func doubled() *grpc.Server {
	opts := options.Traced()
	opts = append(opts, grpc.StatsHandler(otelgrpc.NewServerHandler())) // want `tracing is registered twice, first on line 16, so the outer spans never end`
	return grpc.NewServer(opts...)
}

// joined takes the options of the company twice, as its template did.
func joined() *grpc.Server {
	opts := append(options.Limits(), options.Traced()...)
	opts = append(opts, options.Traced()...) // want `tracing is registered twice, first on line 23, so the outer spans never end`
	return grpc.NewServer(opts...)
}

// once is right: the limits have no stats handler.
func once() *grpc.Server {
	return grpc.NewServer(append(options.Limits(), grpc.StatsHandler(otelgrpc.NewServerHandler()))...)
}

// company is right: all options, one stats handler.
func company() *grpc.Server {
	return grpc.NewServer(append(options.Traced(), options.Limits()...)...)
}

// each is right: one stats handler for each server.
func each() []*grpc.Server {
	var servers []*grpc.Server
	for range 2 {
		servers = append(servers, grpc.NewServer(options.Traced()...))
	}
	return servers
}

func main() {
	listener, err := net.Listen("tcp", ":9090")
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range append(each(), doubled(), joined(), once()) {
		go func() { _ = s.Serve(listener) }()
	}
	log.Fatal(company().Serve(listener))
}
