// Command loans lends the books of a library.
//
//	loans [-addr 127.0.0.1:8083] [-notices http://notices:8080] [-sample 1]
//
// It sends its spans to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/tracevet/tracevet/testdata/services/loans/internal/library"
	"github.com/tracevet/tracevet/testdata/services/loans/internal/notify"
	"github.com/tracevet/tracevet/testdata/services/loans/internal/rest"
	"github.com/tracevet/tracevet/testdata/services/loans/internal/telemetry"
)

type config struct {
	addr, notices string
	sample        float64
}

func main() {
	var cfg config
	flag.StringVar(&cfg.addr, "addr", "127.0.0.1:8083", "address to listen on")
	flag.StringVar(&cfg.notices, "notices", "http://127.0.0.1:8084", "URL of the service that writes to readers")
	flag.Float64Var(&cfg.sample, "sample", 1, "which part of the traces that begin here to keep")
	flag.Parse()
	if err := run(cfg); err != nil {
		fmt.Fprintln(os.Stderr, "loans:", err)
		os.Exit(1)
	}
}

func run(cfg config) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	provider, err := telemetry.NewProvider(ctx, cfg.sample)
	if err != nil {
		return err
	}
	telemetry.Install(provider)
	defer func() {
		if err := provider.Shutdown(ctx); err != nil {
			slog.Error("spans", "error", err)
		}
	}()

	shelf := library.NewShelf()
	for _, book := range []library.Book{{ID: "b1", Title: "Middlemarch"}, {ID: "b2", Title: "Emma"}, {ID: "b3", Title: "Persuasion"}} {
		shelf.Add(book)
	}
	desk := library.NewDesk(shelf, notify.NewClient(cfg.notices))

	listener, err := net.Listen("tcp", cfg.addr)
	if err != nil {
		return err
	}
	slog.Info("listening", "addr", listener.Addr().String())
	server := &http.Server{Handler: rest.New(desk), ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return err
	}
	desk.Close()
	return nil
}
