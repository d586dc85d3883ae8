package cancelled

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"os/signal"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"golang.org/x/sync/errgroup"
)

// The deferred literal reads ctx when it runs: by then it is the context of the
// group, which Wait has cancelled.
func captured(start func() func(context.Context) error, tp *sdktrace.TracerProvider, srv *http.Server) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	shutdown := tp.Shutdown
	defer func() {
		if err := shutdown(ctx); err != nil { // want `ctx is cancelled when shutdown is called with it`
			slog.Error(err.Error())
		}
	}()
	var g *errgroup.Group
	g, ctx = errgroup.WithContext(ctx)
	g.Go(srv.ListenAndServe)
	g.Go(func() error {
		<-ctx.Done()
		return srv.Close()
	})
	return g.Wait()
}

// Silent: the argument is evaluated by the defer statement, when ctx is still
// the context that nothing cancels.
func evaluated(tp *sdktrace.TracerProvider, srv *http.Server) error {
	ctx := context.Background()
	defer tp.Shutdown(ctx)
	var g *errgroup.Group
	g, ctx = errgroup.WithContext(ctx)
	g.Go(srv.ListenAndServe)
	g.Go(func() error {
		<-ctx.Done()
		return srv.Close()
	})
	return g.Wait()
}

// A group that works until the signal.
func groupOnSignal(tp *sdktrace.TracerProvider, work func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	defer tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(gctx) })
	return g.Wait()
}
