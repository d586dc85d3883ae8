// Package innocent_lifetime has roots for what lives longer than the call, is
// cleaned up, or is replaced before it is used.
package innocent_lifetime

import (
	"context"
	"log/slog"
	"net"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/redis/go-redis/v9"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Tx is the transaction of a driver whose methods take a context each.
type Tx interface {
	Exec(ctx context.Context, query string) error
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
}

// Conn is a connection of it.
type Conn interface {
	Begin(ctx context.Context) (Tx, error)
	Close(ctx context.Context) error
}

// Lock is a lock elsewhere.
type Lock interface {
	Acquire(ctx context.Context) error
	Release(ctx context.Context) error
}

// Rolled rolls back with a root, outside of any defer: the reason for it may be
// that the caller's context is over.
func Rolled(ctx context.Context, c Conn, query string) error {
	tx, err := c.Begin(ctx)
	if err != nil {
		return err
	}
	if err := tx.Exec(ctx, query); err != nil {
		_ = tx.Rollback(context.Background())
		return err
	}
	return tx.Commit(ctx)
}

// Closed closes a connection with one.
func Closed(ctx context.Context, c Conn) error {
	if _, err := c.Begin(ctx); err != nil {
		_ = c.Close(context.Background())
		return err
	}
	return nil
}

// Released frees a lock with one.
func Released(w http.ResponseWriter, r *http.Request, l Lock, next http.Handler) {
	if err := l.Acquire(r.Context()); err != nil {
		w.WriteHeader(http.StatusLocked)
		return
	}
	next.ServeHTTP(w, r)
	if err := l.Release(context.Background()); err != nil {
		slog.ErrorContext(r.Context(), "release", "err", err)
	}
}

// Flushed flushes the spans at the end of each call, as functions in a cloud do.
func Flushed(tp *sdktrace.TracerProvider, next gin.HandlerFunc) gin.HandlerFunc {
	return func(c *gin.Context) {
		next(c)
		if err := tp.ForceFlush(context.Background()); err != nil {
			_ = c.Error(err)
		}
	}
}

// Extracted is a middleware by hand: the root is the base for the caller's trace.
func Extracted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := otel.GetTextMapPropagator().Extract(context.Background(), propagation.HeaderCarrier(r.Header))
		ctx, span := otel.Tracer("lifetime").Start(ctx, "request")
		defer span.End()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// Attached makes its request with a root and attaches the context afterwards.
func Attached(ctx context.Context, hc *http.Client, url string) error {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "*/*")
	resp, err := hc.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Defaulted has a root that is replaced if there is something better.
func Defaulted(r *http.Request, c Conn) error {
	ctx := context.Background()
	if r != nil {
		ctx = r.Context()
	}
	_, err := c.Begin(ctx)
	return err
}

// Asserted asks a value for its context, and has a root if it has none.
func Asserted(ctx context.Context, v any, c Conn) error {
	_ = ctx.Err()
	tx, err := c.Begin(contextOf(v))
	if err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func contextOf(v any) context.Context {
	if v, ok := v.(interface{ Context() context.Context }); ok {
		return v.Context()
	}
	return context.Background()
}

// Setup is set-up: what it describes lives as long as the program.
func Setup(ctx context.Context) (*sdktrace.TracerProvider, error) {
	res, err := resource.New(context.Background(), resource.WithHost(), resource.WithProcess())
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return sdktrace.NewTracerProvider(sdktrace.WithResource(res)), nil
}

// Listen gives a server the context that all its requests begin with.
func Listen(ctx context.Context, h http.Handler) (*http.Server, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", ":0")
	if err != nil {
		return nil, err
	}
	srv := &http.Server{Handler: h, BaseContext: func(net.Listener) context.Context { return context.Background() }}
	go srv.Serve(l)
	return srv, nil
}

// A Subscriber has a subscription that lives as long as it does.
type Subscriber struct {
	sub *redis.PubSub
	ctx context.Context
}

// Subscribe keeps the subscription in a field.
func (s *Subscriber) Subscribe(ctx context.Context, rdb *redis.Client, topics ...string) error {
	s.ctx = context.WithoutCancel(context.Background())
	s.sub = rdb.Subscribe(s.ctx, topics...)
	return rdb.Ping(ctx).Err()
}

// Enabled asks a logger whether it would log: no record is made.
func Enabled(ctx context.Context, l *slog.Logger) bool {
	return ctx.Err() == nil && l.Enabled(context.Background(), slog.LevelDebug)
}

// Sweep sweeps until it is told to stop: the context says how long it lives, and
// each sweep is work of its own.
func Sweep(ctx context.Context, c Conn, ticks <-chan struct{}) {
	for {
		select {
		case <-ticks:
			sweepCtx, span := otel.Tracer("lifetime").Start(context.Background(), "sweep")
			_, _ = c.Begin(sweepCtx)
			span.End()
		case <-ctx.Done():
			return
		}
	}
}

// Collect does so by a function that has no context.
func Collect(ctx context.Context, c Conn, ticks <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
		collect(c)
	}
}

// collect is no part of what the caller of Collect does.
func collect(c Conn) {
	ctx, span := otel.Tracer("lifetime").Start(context.Background(), "collect")
	defer span.End()
	_, _ = c.Begin(ctx)
}

// Watch sweeps at once, and then again and again.
func Watch(ctx context.Context, c Conn, ticks <-chan struct{}) {
	collect(c)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			collect(c)
		}
	}
}

// Serve starts, and waits to be told to end.
func Serve(ctx context.Context, c Conn) {
	collect(c)
	<-ctx.Done()
}

// A Hook is run when the program starts, and when it ends.
type Hook struct {
	OnStart, OnStop func(context.Context) error
}

// Hooks starts what goes on until it is stopped: the context of the start is over
// when it has started.
func Hooks(c Conn) Hook {
	var cancel context.CancelFunc
	return Hook{
		OnStart: func(context.Context) error {
			life, stop := context.WithCancel(context.Background())
			cancel = stop
			_, err := c.Begin(life)
			return err
		},
		OnStop: func(ctx context.Context) error {
			cancel()
			return c.Close(ctx)
		},
	}
}

// Outlives starts it before, and stops it by a function that it returns.
func Outlives(c Conn) (start func(context.Context) error, stop func()) {
	life, cancel := context.WithCancel(context.Background())
	start = func(ctx context.Context) error {
		_, err := c.Begin(life)
		return err
	}
	return start, func() { cancel() }
}

// Streams returns what it has looked up a stream with: that is kept there for all who
// use it later, and is not to fail with one request.
func Streams(ctx context.Context, rdb *redis.Client, conn *nats.Conn) (jetstream.JetStream, error) {
	if err := rdb.Ping(ctx).Err(); err != nil {
		return nil, err
	}
	streams, err := jetstream.New(conn)
	if err != nil {
		return nil, err
	}
	if _, err := streams.Stream(context.Background(), "orders"); err != nil {
		return nil, err
	}
	return streams, nil
}
