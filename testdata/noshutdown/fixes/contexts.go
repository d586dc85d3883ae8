// Package fixes has contexts that a fix replaces, or must leave.
package fixes

import (
	"context"
	"os"
	"os/signal"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// A statement of its own: there is room for the new context.
func statement(ctx context.Context, tp *sdktrace.TracerProvider) {
	<-ctx.Done()
	// The last spans.
	tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
}

// In the closure of a defer.
func closure(tp *sdktrace.TracerProvider) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	defer func() {
		_ = tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
	}()
	<-ctx.Done()
}

// Deferred directly: the context is made when the defer statement runs, so a
// timeout made there would have run out by the end.
func direct(tp *sdktrace.TracerProvider) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	defer tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
	<-ctx.Done()
}

// In an if statement, of which the context is used again.
func condition(ctx context.Context, tp *sdktrace.TracerProvider, log func(context.Context, error)) {
	<-ctx.Done()
	if err := tp.Shutdown(ctx); err != nil { // want `ctx is cancelled when Shutdown is called with it`
		log(ctx, err)
	}
}

// Returned: the cancel of a new context would have to be deferred.
func returned(ctx context.Context, tp *sdktrace.TracerProvider) error {
	<-ctx.Done()
	return tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
}

// The names that the fix would like are taken.
func names(ctx context.Context, tp *sdktrace.TracerProvider, cancel func(), time, shutdownCtx string) {
	<-ctx.Done()
	cancel()
	_ = tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
	print(time, shutdownCtx)
}

// The package that the fix needs is hidden by a variable of its name.
func hidden(context context.Context, tp *sdktrace.TracerProvider) {
	<-context.Done()
	_ = tp.Shutdown(context) // want `context is cancelled when Shutdown is called with it`
}
