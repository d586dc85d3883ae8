// Package innocent_contexts shuts down with contexts that are alive.
package innocent_contexts

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"golang.org/x/sync/errgroup"
)

// Silent: a root of its own, with a timeout.
func fresh(tp *sdktrace.TracerProvider) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	<-ctx.Done()
	shutdownCtx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return tp.Shutdown(shutdownCtx)
}

// Silent: WithoutCancel cuts the cancellation off.
func without(ctx context.Context, tp *sdktrace.TracerProvider) error {
	<-ctx.Done()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return tp.Shutdown(ctx)
}

// Silent: the same name, and another context by then.
func reassigned(tp *sdktrace.TracerProvider) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	<-ctx.Done()
	stop()
	ctx = context.Background()
	return tp.Shutdown(ctx)
}

// Silent: the cancel is deferred first, so it runs last.
func deferOrder(tp *sdktrace.TracerProvider, work func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer tp.Shutdown(ctx)
	work(ctx)
}

// Silent: the root of the program is never cancelled.
func root(tp *sdktrace.TracerProvider, work func(context.Context)) {
	ctx := context.Background()
	defer tp.Shutdown(ctx)
	runCtx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	work(runCtx)
}

// Silent: the caller's context, of which nothing is known.
func callers(ctx context.Context, tp *sdktrace.TracerProvider) error {
	return errors.Join(tp.ForceFlush(ctx), tp.Shutdown(ctx))
}

// Silent: the group's parent is not the group's context.
func group(ctx context.Context, tp *sdktrace.TracerProvider, srv *http.Server) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(srv.ListenAndServe)
	g.Go(func() error {
		<-gctx.Done()
		return srv.Shutdown(ctx)
	})
	err := g.Wait()
	return errors.Join(err, tp.Shutdown(ctx))
}

// Silent: another context is done: that of the first signal.
func other(ctx context.Context, tp *sdktrace.TracerProvider) error {
	sigCtx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	select {
	case <-sigCtx.Done():
	case <-time.After(time.Hour):
	}
	return tp.Shutdown(ctx)
}

// Silent: the server's Shutdown is another method: a done context closes it at once.
func serverOnly(ctx context.Context, srv *http.Server) error {
	<-ctx.Done()
	return srv.Shutdown(ctx)
}

// Silent: in the other branch the context is alive.
func branches(ctx context.Context, tp *sdktrace.TracerProvider, jobs <-chan func()) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case job := <-jobs:
		job()
		return tp.Shutdown(ctx)
	}
}

// Silent: a helper of tests: what the spans are is looked at before.
func cleanup(t *testing.T, tp *sdktrace.TracerProvider) {
	t.Cleanup(func() { _ = tp.Shutdown(context.Background()) })
}
