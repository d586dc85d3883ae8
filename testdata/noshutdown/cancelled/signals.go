// Package cancelled shuts down with a context that is done.
package cancelled

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// The most common form: the context of the signal, deferred.
func deferred(tp *sdktrace.TracerProvider, srv *http.Server) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it, so the last spans are lost`

	go srv.ListenAndServe()
	<-ctx.Done()
	return srv.Shutdown(context.Background())
}

// In a closure.
func closure(tp *sdktrace.TracerProvider, serve func(context.Context)) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	defer func() {
		if err := tp.Shutdown(ctx); err != nil { // want `ctx is cancelled when Shutdown is called with it`
			log.Printf("tracing: %v", err)
		}
	}()
	serve(ctx)
	<-ctx.Done()
}

// A timeout below a context that is done is done too.
func derived(tp *sdktrace.TracerProvider) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	<-ctx.Done()
	shutdownCtx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return tp.Shutdown(shutdownCtx) // want `shutdownCtx is cancelled when Shutdown is called with it`
}

// ForceFlush needs a live context as much.
func flushed(initTracing func(context.Context) (*sdktrace.TracerProvider, error)) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	tp, err := initTracing(ctx)
	if err != nil {
		return err
	}
	<-ctx.Done()
	return errors.Join(
		tp.ForceFlush(ctx), // want `ctx is cancelled when`
		tp.Shutdown(context.Background()),
	)
}
