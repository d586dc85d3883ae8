// Package stopped has goroutines that stop the server when the program is to end,
// and providers that are shut down in time.
package stopped

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func provider(exporter sdktrace.SpanExporter) *sdktrace.TracerProvider {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter))
	otel.SetTracerProvider(tp)
	return tp
}

// fresh is right: the context is one of its own.
func fresh(exporter sdktrace.SpanExporter, srv *http.Server) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	tp := provider(exporter)
	go func() {
		<-ctx.Done()
		srv.Close()
	}()
	log.Print(srv.ListenAndServe())
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	log.Print(tp.Shutdown(late))
}

// another is silent: the goroutine stops a server that nothing waits for.
func another(exporter sdktrace.SpanExporter, srv, admin *http.Server) {
	ctx, cancel := context.WithCancel(context.Background())
	tp := provider(exporter)
	go func() {
		<-ctx.Done()
		admin.Close()
	}()
	log.Print(srv.ListenAndServe())
	log.Print(tp.Shutdown(ctx))
	cancel()
}

// before is right: the provider is shut down before the server runs.
func before(exporter sdktrace.SpanExporter, srv *http.Server) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	tp := provider(exporter)
	go func() {
		<-ctx.Done()
		srv.Close()
	}()
	log.Print(tp.Shutdown(ctx))
	log.Print(srv.ListenAndServe())
}

// sees is right: the goroutine shuts the provider down itself.
func sees(exporter sdktrace.SpanExporter, srv *http.Server) {
	tp := provider(exporter)
	defer tp.Shutdown(context.Background())
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt)
	go func() {
		<-quit
		log.Print(tp.Shutdown(context.Background()))
		os.Exit(0)
	}()
	log.Print(srv.ListenAndServe())
}

// brings is silent: the server that is stopped brings the function to its end.
func brings(exporter sdktrace.SpanExporter, srv *http.Server) {
	tp := provider(exporter)
	defer tp.Shutdown(context.Background())
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt)
	go func() {
		<-quit
		srv.Close()
		time.Sleep(time.Second)
		os.Exit(0)
	}()
	log.Print(srv.ListenAndServe())
}

// hurry is right: the second signal is that of somebody who does not want to wait.
func hurry(exporter sdktrace.SpanExporter, srv *http.Server, stop func()) {
	tp := provider(exporter)
	defer tp.Shutdown(context.Background())
	quit := make(chan os.Signal, 2)
	signal.Notify(quit, os.Interrupt)
	go func() {
		<-quit
		stop()
		<-quit
		os.Exit(1)
	}()
	log.Print(srv.ListenAndServe())
}
