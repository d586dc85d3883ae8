// Package innocent_lasting gives roots to what outlives the call that starts it.
package innocent_lasting

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/tracevet/tracevet/testdata/rootctx/innocent_lasting/dispatch"
)

// A Plane connects one node.
type Plane struct {
	mu         sync.Mutex
	dispatcher *dispatch.Dispatcher
}

// Setup runs when a node says hello: its dispatcher goes on after that, so it is
// not to end with the context of the hello.
func (p *Plane) Setup(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dispatcher.Start(context.TODO())
}

// Hello does the same in a handler, through one more method.
func (p *Plane) Hello(w http.ResponseWriter, r *http.Request) {
	if err := p.dispatcher.StartAll(context.Background()); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// A starter starts something.
type starter interface {
	Start(ctx context.Context) error
}

// Through an interface, it may be the one that goes on.
func (p *Plane) Through(ctx context.Context) error {
	var s starter = p.dispatcher
	return s.Start(context.Background())
}

// Ping works on a root while the request waits: nothing lasts.
func (p *Plane) Ping(ctx context.Context) error {
	return p.dispatcher.Once(context.Background()) // want `context\.Background\(\) starts a new trace, although the caller's context is at hand: ctx`
}

// A Rotator renews what it has, again and again.
type Rotator struct {
	dispatcher *dispatch.Dispatcher
	every      time.Duration
}

// Start renews once, and then in a loop that ends with the context: that is the
// context of the rotator, and no request's.
func (r *Rotator) Start(ctx context.Context) {
	_ = r.renew()
	_ = r.dispatcher.Once(context.Background())
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(r.every):
				_ = r.renew()
			}
		}
	}()
}

func (r *Rotator) renew() error { return r.dispatcher.Once(context.Background()) }
