// Package innocent_nowork has roots that reach nothing that is traced.
package innocent_nowork

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os/exec"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"golang.org/x/sync/semaphore"
)

// Gate lets some through.
type Gate struct {
	sem   *semaphore.Weighted
	seen  metric.Int64Counter
	times metric.Float64Histogram
	log   *slog.Logger
	slots chan struct{}
}

type key struct{}

// tenant reads a value.
func tenant(ctx context.Context) string {
	t, _ := ctx.Value(key{}).(string)
	return t
}

// wait waits, and does nothing else with the context.
func wait(ctx context.Context, slots chan struct{}) error {
	select {
	case slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// sleep is another of that kind, with a timer.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Acquire takes a semaphore, for which the trace does not matter.
func (g *Gate) Acquire(c *gin.Context) {
	if err := g.sem.Acquire(context.Background(), 1); err != nil {
		c.Status(http.StatusTooManyRequests)
		return
	}
	g.sem.Release(1)
}

// Wait calls functions that only wait.
func (g *Gate) Wait(ctx context.Context) error {
	if !sleep(context.Background(), time.Millisecond) {
		return ctx.Err()
	}
	return wait(context.TODO(), g.slots)
}

// Count records metrics.
func (g *Gate) Count(w http.ResponseWriter, r *http.Request) {
	begin := time.Now()
	g.seen.Add(context.Background(), 1, metric.WithAttributes(attribute.String("method", r.Method)))
	w.WriteHeader(http.StatusNoContent)
	g.times.Record(context.Background(), time.Since(begin).Seconds())
}

// Values makes a context for a value and reads it.
func (g *Gate) Values(ctx context.Context) string {
	own := context.WithValue(context.Background(), key{}, "own")
	if t := tenant(ctx); t != "" {
		return t
	}
	return tenant(own)
}

// Never makes a context that is compared only.
func (g *Gate) Never(ctx context.Context) bool { return ctx.Done() == context.Background().Done() }

// Logs logs: log calls are not looked at without the option.
func (g *Gate) Logs(ctx context.Context) {
	if ctx.Err() == nil {
		g.log.LogAttrs(context.Background(), slog.LevelInfo, "logs")
		g.log.InfoContext(context.TODO(), "logs")
	}
}

// Tool runs a program, which nobody traces.
func (g *Gate) Tool(w http.ResponseWriter, r *http.Request) {
	out, err := exec.CommandContext(context.Background(), "uname", "-a").Output()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = w.Write(out)
}

// Blank has a root that is used for nothing.
func (g *Gate) Blank(ctx context.Context) error {
	_ = context.Background()
	return wait(ctx, g.slots)
}

// Reached reaches a helper that only waits.
func (g *Gate) Reached(w http.ResponseWriter, r *http.Request) { g.pause() }

func (g *Gate) pause() { _ = sleep(context.Background(), time.Second) }

// A listener is told of changes; whether one of them traces, only the running program
// knows.
type listener interface {
	Changed(ctx context.Context, name string)
}

// Relay tells others.
type Relay struct{ others []listener }

// Changed says that it does not want the caller's context, and nothing says that
// anybody traces what it does.
func (x *Relay) Changed(_ context.Context, name string) {
	for _, other := range x.others {
		other.Changed(context.Background(), name)
	}
}

// A Reporter tells somebody what went wrong.
type Reporter struct {
	onError func(ctx context.Context, err error, what string)
	logf    func(ctx context.Context, format string, args ...any)
	next    func(ctx context.Context, what string) error
}

// Report is silent: who is told of an error, or of anything, does no work for the
// request.
func (r *Reporter) Report(ctx context.Context, what string) {
	r.onError(context.Background(), errors.New("wrong"), what)
	r.logf(context.Background(), "wrong: %s", what)
}

// Next may do anything, and fail at it.
func (r *Reporter) Next(ctx context.Context, what string) error {
	return r.next(context.Background(), what) // want `context.Background\(\) starts a new trace`
}

// Read is silent: the functions of other modules return what is in the context, and
// cannot fail.
func Read(w http.ResponseWriter, r *http.Request) {
	id := middleware.GetReqID(context.Background())
	route := chi.RouteContext(context.Background())
	_, _ = w.Write([]byte(id + route.RoutePattern()))
}
