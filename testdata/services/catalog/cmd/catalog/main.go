// Command catalog shows the products of the shop, with what customers think of them.
//
//	catalog [-addr 127.0.0.1:8081] [-reviews http://reviews:8080]
//
// It sends its spans to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names.
package main

import (
	"context"
	"flag"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tracevet/tracevet/testdata/services/catalog/internal/metrics"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/products"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/reviews"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/telemetry"
	"github.com/tracevet/tracevet/testdata/services/catalog/internal/web"
)

const drainTime = 5 * time.Second

func main() {
	addr := flag.String("addr", "127.0.0.1:8081", "address to listen on")
	upstream := flag.String("reviews", "http://127.0.0.1:8082", "URL of the service that keeps the reviews")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	flush, err := telemetry.Setup(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer func() {
		drain, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		if err := flush(drain); err != nil {
			log.Print(err)
		}
	}()

	shelf := products.NewShelf()
	shelf.Put(products.Product{SKU: "tea-1", Name: "Green tea", Tags: []string{"drink"}})
	shelf.Put(products.Product{SKU: "tea-2", Name: "Black tea", Tags: []string{"drink"}})
	shelf.Put(products.Product{SKU: "tea-3", Name: "White tea", Tags: []string{"drink"}})

	registry := prometheus.NewRegistry()
	app := &web.App{
		Products: products.NewService(shelf),
		Reviews:  reviews.NewClient(*upstream),
		Metrics:  metrics.New(registry),
		Registry: registry,
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	slog.Info("listening", "addr", listener.Addr().String())
	server := &http.Server{Handler: app.Routes(), ReadHeaderTimeout: drainTime}
	context.AfterFunc(ctx, func() {
		drain, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		server.Shutdown(drain)
	})
	if err := server.Serve(listener); err != nil {
		log.Fatal(err)
	}
}
