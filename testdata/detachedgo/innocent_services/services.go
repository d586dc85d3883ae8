// Package innocent_services starts goroutines in functions that are no handlers,
// in ways that are right.
package innocent_services

import (
	"context"
	"errors"
	"iter"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tracevet/tracevet/testdata/detachedgo/spans"
	"github.com/tracevet/tracevet/testdata/detachedgo/work"
)

var tracer = otel.Tracer("services")

// Prices is a service.
type Prices struct {
	healthpb.UnimplementedHealthServer
	svc    *work.Service
	once   sync.Once
	flight singleflight.Group
	cache  map[string]int
	stop   chan struct{}
}

// Check fans out in a gRPC method, and waits.
func (p *Prices) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range []string{"a", "b"} {
		g.Go(func() error {
			_, err := p.svc.Price(ctx, req.GetService()+id)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return &healthpb.HealthCheckResponse{}, nil
}

// Watch receives in one goroutine and sends in the other; it waits for both.
func (p *Prices) Watch(req *healthpb.HealthCheckRequest, stream healthpb.Health_WatchServer) error {
	g, ctx := errgroup.WithContext(stream.Context())
	updates := make(chan int)
	g.Go(func() error {
		defer close(updates)
		n, err := p.svc.Price(ctx, req.GetService())
		updates <- n
		return err
	})
	g.Go(func() error {
		for range updates {
			if err := stream.Send(&healthpb.HealthCheckResponse{}); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

// Prefetch starts at the start of the program: nothing is cancelled.
func (p *Prices) Prefetch() { p.Background(context.Background(), "a", "b") }

// Background goes on on the context that it got: the callers see to that.
func (p *Prices) Background(ctx context.Context, ids ...string) {
	for _, id := range ids {
		go p.svc.Price(ctx, id)
	}
}

// Stream returns a channel that it fills: the caller's context ends it.
func (p *Prices) Stream(ctx context.Context, ids []string) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, id := range ids {
			n, err := p.svc.Price(ctx, id)
			if err != nil {
				return
			}
			select {
			case out <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Seq does so in an iterator, and waits when the loop is left.
func (p *Prices) Seq(ctx context.Context, ids []string) iter.Seq[int] {
	return func(yield func(int) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()
		out := make(chan int, len(ids))
		wg.Go(func() {
			defer close(out)
			for _, id := range ids {
				n, _ := p.svc.Price(ctx, id)
				out <- n
			}
		})
		for n := range out {
			if !yield(n) {
				return
			}
		}
	}
}

// Warm fills the cache once for all: no request is its owner.
func (p *Prices) Warm(ctx context.Context) {
	p.once.Do(func() {
		go p.refresh(context.Background())
	})
}

func (p *Prices) refresh(ctx context.Context) {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Minute):
			ctx, span := tracer.Start(ctx, "refresh")
			n, err := p.svc.Price(ctx, "all")
			if err == nil {
				p.cache["all"] = n
			}
			span.End()
		}
	}
}

// Shared is one flight for many callers.
func (p *Prices) Shared(ctx context.Context, id string) (int, error) {
	ch := p.flight.DoChan(id, func() (any, error) {
		return p.svc.Price(context.WithoutCancel(ctx), id)
	})
	select {
	case r := <-ch:
		n, _ := r.Val.(int)
		return n, r.Err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// First takes the first result and cancels the others.
func (p *Prices) First(ctx context.Context, ids []string) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type result struct {
		n   int
		err error
	}
	results := make(chan result, len(ids))
	for _, id := range ids {
		go func() {
			n, err := p.svc.Price(ctx, id)
			results <- result{n, err}
		}()
	}
	var errs error
	for range ids {
		r := <-results
		if r.err == nil {
			return r.n, nil
		}
		errs = errors.Join(errs, r.err)
	}
	return 0, errs
}

// Cleanup releases in a goroutine when the caller's context is over.
func (p *Prices) Cleanup(ctx context.Context, a *spans.Audit, id string) {
	go func() {
		<-ctx.Done()
		_ = a.Write(context.Background(), id, "released")
	}()
}

// CleanupAfterFunc does so by the context itself.
func (p *Prices) CleanupAfterFunc(ctx context.Context, a *spans.Audit, id string) func() bool {
	return context.AfterFunc(ctx, func() {
		_ = a.Write(context.WithoutCancel(ctx), id, "released")
	})
}
