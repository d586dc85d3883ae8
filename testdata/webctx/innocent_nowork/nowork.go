// Package innocent_nowork passes gin's context to functions that do no work
// with it.
package innocent_nowork

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/sync/semaphore"
)

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Sleep waits.
func Sleep(c *gin.Context) {
	_ = sleep(c, time.Second)
}

func gone(ctx context.Context) bool { return errors.Is(ctx.Err(), context.Canceled) }

// Gone asks for the error.
func Gone(c *gin.Context) {
	if gone(c) {
		c.Abort()
	}
}

func ignored(_ context.Context, id string) string { return "id:" + id }

// Ignored calls one that does not use its context.
func Ignored(c *gin.Context) {
	c.String(200, ignored(c, c.Param("id")))
}

// Limited waits for its turn.
func Limited(c *gin.Context, sem *semaphore.Weighted) {
	if sem.Acquire(c, 1) != nil {
		c.AbortWithStatus(429)
	}
}

// Logged writes a log line.
func Logged(c *gin.Context) {
	slog.InfoContext(c, "seen", "path", c.FullPath())
}

// Own asks gin's context itself.
func Own(c *gin.Context) {
	select {
	case <-c.Done():
	default:
	}
	_ = c.Value("user")
	_, _ = c.Deadline()
}

type lock chan struct{}

func (l lock) acquire(ctx context.Context) error {
	select {
	case l <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Locked waits for a lock.
func Locked(c *gin.Context, l lock) {
	if err := l.acquire(c); err != nil {
		return
	}
	defer func() { <-l }()
	c.Status(204)
}
