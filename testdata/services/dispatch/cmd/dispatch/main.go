// Command dispatch hands parcels to couriers.
//
//	dispatch [-addr 127.0.0.1:8085]
//
// Its front takes HTTP and asks the routing service over gRPC; routing publishes what it
// planned to a topic, and a consumer assigns the couriers. Here all three are in one
// process, with a broker in memory. Spans go to the collector that
// OTEL_EXPORTER_OTLP_ENDPOINT names.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/tracevet/tracevet/testdata/services/dispatch/dispatchpb"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/broker"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/couriers"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/events"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/front"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/platform"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/routing"
	"github.com/tracevet/tracevet/testdata/services/dispatch/internal/telemetry"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8085", "address to listen on")
	flag.Parse()
	if err := run(*addr); err != nil {
		fmt.Fprintln(os.Stderr, "dispatch:", err)
		os.Exit(1)
	}
}

func run(addr string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	if _, err := telemetry.Init(ctx); err != nil {
		return err
	}

	fleet := couriers.NewFleet("ada", "ben")
	topic := broker.NewTopic("parcels")
	rpc := platform.NewServer()
	service := routing.New(fleet, events.NewPublisher(topic))
	dispatchpb.RegisterRoutingServer(rpc, service)
	rpcListener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go rpc.Serve(rpcListener)
	defer rpc.GracefulStop()

	consumed := make(chan struct{})
	go func() {
		defer close(consumed)
		events.NewConsumer(topic, fleet).Run(ctx)
	}()

	conn, err := platform.Dial(rpcListener.Addr().String())
	if err != nil {
		return err
	}
	defer conn.Close()

	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	slog.Info("listening", "addr", listener.Addr().String())
	server := &http.Server{Handler: front.New(dispatchpb.NewRoutingClient(conn)).Handler(), ReadHeaderTimeout: 5 * time.Second}
	drained := context.AfterFunc(ctx, func() {
		drain, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		server.Shutdown(drain)
	})
	defer drained()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-consumed
	service.Wait()
	return nil
}
