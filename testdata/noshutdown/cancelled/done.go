package cancelled

import (
	"context"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/sdk/trace"
	"golang.org/x/sync/errgroup"
)

// The caller's context, after it is done.
func afterDone(ctx context.Context, tp *trace.TracerProvider) error {
	<-ctx.Done()
	return tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
}

// In a goroutine that waits for it.
func goroutine(parent context.Context, tp *trace.TracerProvider) {
	go func() {
		<-parent.Done()
		_ = tp.Shutdown(parent) // want `parent is cancelled when Shutdown is called with it`
	}()
}

// In the case of a select.
func selected(ctx context.Context, provider *trace.TracerProvider, ticks <-chan time.Time, work func()) {
	for {
		select {
		case <-ctx.Done():
			provider.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
			return
		case <-ticks:
			work()
		}
	}
}

// After its own cancel.
func afterCancel(tp *trace.TracerProvider, work func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	work(ctx)
	cancel()
	tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
}

// Deferred calls run last in, first out: cancel runs before Shutdown.
func deferOrder(tp *trace.TracerProvider, work func(context.Context)) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer tp.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
	defer cancel()
	work(ctx)
}

// Wait cancels the group's context.
func group(ctx context.Context, tp *trace.TracerProvider, srv *http.Server) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(srv.ListenAndServe)
	if err := g.Wait(); err != nil {
		return err
	}
	return tp.Shutdown(gctx) // want `gctx is cancelled when Shutdown is called with it`
}

// Shutdown through a method value.
func methodValue(ctx context.Context, tp *trace.TracerProvider) error {
	stop := tp.Shutdown
	<-ctx.Done()
	return stop(ctx) // want `ctx is cancelled when`
}

// tracing embeds the provider.
type tracing struct {
	*trace.TracerProvider
	done chan struct{}
}

// The promoted method.
func (t *tracing) watch(ctx context.Context) {
	<-ctx.Done()
	t.Shutdown(ctx) // want `ctx is cancelled when Shutdown is called with it`
	close(t.done)
}
