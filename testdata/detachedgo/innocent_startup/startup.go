// Package innocent_startup starts goroutines that belong to the process, not to
// a request, even where a context is in scope.
package innocent_startup

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

var tracer = otel.Tracer("startup")

// App is the process.
type App struct {
	svc    *work.Service
	audit  *spans.Audit
	srv    *http.Server
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
	queue  chan work.Order
}

// Run serves until it is told to stop, and shuts down on a new context.
func (a *App) Run(ctx context.Context) error {
	go func() {
		<-ctx.Done()
		sctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = a.srv.Shutdown(sctx)
	}()
	if err := a.srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// RunGroup serves and shuts down in a group.
func (a *App) RunGroup(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(a.srv.ListenAndServe)
	g.Go(func() error {
		<-ctx.Done()
		return a.srv.Shutdown(context.Background())
	})
	return g.Wait()
}

// Start starts the loops with the process's context.
func (a *App) Start(ctx context.Context) {
	go a.loop(ctx)
	go a.janitor(ctx, time.Hour)
	a.wg.Add(1)
	go func() {
		defer a.wg.Done()
		a.consume(ctx)
	}()
}

func (a *App) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case o := <-a.queue:
			_ = a.svc.Confirm(ctx, o)
		}
	}
}

func (a *App) janitor(ctx context.Context, every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			ctx, span := tracer.Start(ctx, "janitor")
			_ = a.audit.Write(ctx, "janitor", "swept")
			span.End()
		case <-ctx.Done():
			return
		}
	}
}

func (a *App) consume(ctx context.Context) {
	for o := range a.queue {
		a.svc.Record(ctx, o)
	}
}

// New has a context for the dial, and starts loops that live longer than that.
func New(ctx context.Context, svc *work.Service) (*App, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", "localhost:9")
	if err != nil {
		return nil, err
	}
	a := &App{svc: svc, queue: make(chan work.Order)}
	a.ctx, a.cancel = context.WithCancel(context.Background())
	go a.loop(a.ctx)
	go func() {
		<-a.ctx.Done()
		_ = conn.Close()
	}()
	return a, nil
}

// Workers starts loops that take their work from a queue: no call gave it.
func Workers(ctx context.Context, svc *work.Service, n int) chan<- work.Order {
	queue := make(chan work.Order)
	for range n {
		go func() {
			for o := range queue {
				_ = svc.Confirm(context.Background(), o)
			}
		}()
	}
	return queue
}

// Ticks works on a root for each tick, as a poller does.
func Ticks(ctx context.Context, audit *spans.Audit) {
	go func() {
		for range time.Tick(time.Minute) {
			tctx, span := tracer.Start(context.Background(), "tick")
			_ = audit.Write(tctx, "ticker", "tick")
			span.End()
		}
	}()
}

// Main is what main calls: no context is there.
func Main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	a := &App{}
	go func() {
		if err := a.Run(ctx); err != nil {
			log.Fatal(err)
		}
	}()
	go warm(a.svc)
	<-ctx.Done()
}

func warm(svc *work.Service) {
	_, _ = svc.Price(context.Background(), "warm")
}

// Routes starts a janitor where it registers handlers.
func Routes(ctx context.Context, r *gin.Engine, a *App) {
	go a.janitor(context.Background(), time.Minute)
	r.GET("/", func(c *gin.Context) { c.Status(http.StatusOK) })
}

// Serve serves gRPC and stops it.
func Serve(ctx context.Context, s *grpc.Server, l net.Listener) error {
	go func() {
		<-ctx.Done()
		s.GracefulStop()
	}()
	return s.Serve(l)
}

// Lifecycle has the shape of fx: the context of OnStart is for starting only.
type Lifecycle struct {
	OnStart func(context.Context) error
	OnStop  func(context.Context) error
}

// Register starts a loop on a root, because the start's context ends with it.
func Register(a *App) Lifecycle {
	return Lifecycle{
		OnStart: func(ctx context.Context) error {
			loopCtx, cancel := context.WithCancel(context.Background())
			a.cancel = cancel
			go a.loop(loopCtx)
			return nil
		},
		OnStop: func(context.Context) error {
			a.cancel()
			return nil
		},
	}
}
