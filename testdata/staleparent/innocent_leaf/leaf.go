// Package innocent_leaf drops the contexts of spans that have no children.
package innocent_leaf

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/semaphore"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
	"github.com/tracevet/tracevet/testdata/staleparent/telemetry"
)

var tracer = otel.Tracer("leaf")

// Hash computes: nothing in it takes a context.
func Hash(ctx context.Context, b []byte) [32]byte {
	_, span := tracer.Start(ctx, "Hash", trace.WithAttributes(attribute.Int("len", len(b))))
	defer span.End()
	return sha256.Sum256(b)
}

// Decode has a leaf span before the work, ended before.
func Decode(ctx context.Context, repo *store.Orders, b []byte) error {
	_, span := tracer.Start(ctx, "decode")
	var it store.Order
	err := json.Unmarshal(b, &it)
	span.End()
	if err != nil {
		return err
	}
	return repo.Save(ctx, it)
}

// Used works before its leaf span starts.
func Used(ctx context.Context, repo *store.Orders, id string) ([]byte, error) {
	it, err := repo.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	_, span := tracer.Start(ctx, "encode")
	defer span.End()
	return json.Marshal(it)
}

// Locks waits for a lock: the callee listens to the context, and traces nothing.
func Locks(ctx context.Context, repo *store.Orders) error {
	_, span := tracer.Start(ctx, "wait for lock")
	defer span.End()
	if err := repo.Lock(ctx); err != nil {
		return err
	}
	repo.Unlock()
	return nil
}

// Semaphore waits for its turn.
func Semaphore(ctx context.Context, sem *semaphore.Weighted) error {
	_, span := tracer.Start(ctx, "wait for turn")
	defer span.End()
	return sem.Acquire(ctx, 1)
}

// Limiter is a rate limiter of the project's own.
type Limiter struct {
	mu     sync.Mutex
	tokens chan struct{}
}

// Wait takes a token, or gives up with the caller.
func (l *Limiter) Wait(ctx context.Context) error {
	select {
	case <-l.tokens:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Limited waits for a limiter.
func Limited(ctx context.Context, l *Limiter) error {
	_, span := tracer.Start(ctx, "Limited")
	defer span.End()
	return l.Wait(ctx)
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Backoff sleeps under its span.
func Backoff(ctx context.Context, n int) error {
	_, span := tracer.Start(ctx, "Backoff")
	defer span.End()
	for i := range n {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := sleep(ctx, time.Duration(i)*time.Second); err != nil {
			return err
		}
	}
	return nil
}

// Values reads a value of the context through another package.
func Values(ctx context.Context) string {
	_, span := tracer.Start(ctx, "Values")
	defer span.End()
	tenant := service.Tenant(ctx)
	span.SetAttributes(attribute.String("tenant", tenant))
	return tenant
}

// Logs writes a log line: no span hangs on it.
func Logs(ctx context.Context, path string) ([]byte, error) {
	_, span := tracer.Start(ctx, "Logs")
	defer span.End()
	b, err := os.ReadFile(path)
	if err != nil {
		slog.ErrorContext(ctx, "read", "path", path, "err", err)
	}
	return b, err
}

// Runs executes a tool, which is killed with the context and traces nothing.
func Runs(ctx context.Context, file string) error {
	_, span := tracer.Start(ctx, "Runs")
	defer span.End()
	return exec.CommandContext(ctx, "gzip", file).Run()
}

// Derives makes a timer of the context for its own select.
func Derives(ctx context.Context, ready <-chan struct{}) bool {
	_, span := tracer.Start(ctx, "Derives")
	defer span.End()
	wait, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	select {
	case <-ready:
		return true
	case <-wait.Done():
		return false
	}
}

// Wrapper is a leaf with the shop's own layer, and Gin's handler around it.
func Wrapper(c *gin.Context) {
	_, span := telemetry.StartSpan(c.Request.Context(), "render")
	defer span.End()
	c.JSON(http.StatusOK, gin.H{"ok": true})
}

// Op is a leaf in a struct.
func Op(ctx context.Context, repo *store.Orders, it store.Order) error {
	_, op := telemetry.Begin(ctx, "validate")
	if it.Amount < 0 {
		op.Finish(nil)
		return context.Canceled
	}
	op.Finish(nil)
	return repo.Save(ctx, it)
}
