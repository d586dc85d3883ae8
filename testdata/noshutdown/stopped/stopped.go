// Package stopped has goroutines that stop the server when the program is to end,
// and providers that are shut down too late, or not at all.
package stopped

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"golang.org/x/sync/errgroup"
)

func provider(exporter sdktrace.SpanExporter) *sdktrace.TracerProvider {
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter))
	otel.SetTracerProvider(tp)
	return tp
}

// waits has a goroutine wait for the signal: the server stops because of it.
func waits(exporter sdktrace.SpanExporter, srv *http.Server) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	tp := provider(exporter)
	go func() {
		<-ctx.Done()
		if err := srv.Shutdown(context.Background()); err != nil {
			log.Print(err)
		}
	}()
	if err := srv.ListenAndServe(); err != nil {
		log.Print(err)
	}
	if err := tp.Shutdown(ctx); err != nil { // want `ctx is cancelled when Shutdown is called with it, so the last spans are lost`
		log.Print(err)
	}
}

// deferred does the same with a defer.
func deferred(exporter sdktrace.SpanExporter, srv *http.Server) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	tp := provider(exporter)
	defer func() {
		if err := tp.Shutdown(ctx); err != nil { // want `ctx is cancelled when Shutdown is called with it`
			log.Print(err)
		}
	}()
	go func() {
		<-ctx.Done()
		srv.Close()
	}()
	return srv.ListenAndServe()
}

// cancels has the goroutine end the context itself.
func cancels(exporter sdktrace.SpanExporter, srv *http.Server) {
	base, cancel := context.WithCancel(context.Background())
	tp := provider(exporter)
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGTERM)
	go func() {
		<-quit
		cancel()
		srv.Close()
	}()
	log.Print(srv.ListenAndServe())
	log.Print(tp.Shutdown(base)) // want `base is cancelled when Shutdown is called with it`
}

// group waits for a group that works until the signal, and does not defer.
func group(exporter sdktrace.SpanExporter, work func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	tp := provider(exporter)
	g, inner := errgroup.WithContext(ctx)
	g.Go(func() error { return work(inner) })
	err := g.Wait()
	log.Print(tp.Shutdown(ctx)) // want `ctx is cancelled when Shutdown is called with it`
	return err
}

// exits has a goroutine end the process: the deferred call is not run.
func exits(exporter sdktrace.SpanExporter, srv *http.Server) {
	tp := provider(exporter)
	defer tp.Shutdown(context.Background())
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt)
	go func() {
		sig := <-quit
		log.Print("stopping on ", sig)
		os.Exit(0) // want `os.Exit skips the deferred tp.Shutdown, so the last spans are lost`
	}()
	log.Print(srv.ListenAndServe())
}
