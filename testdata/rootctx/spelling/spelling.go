// Package spelling has roots at places where more than one context could be
// meant: the message, and the fix, have the innermost one that is alive.
package spelling

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"
)

var tracer = otel.Tracer("spelling")

// Log is the team's store.
type Log struct{ db *sql.DB }

func (l *Log) add(ctx context.Context, line string) error {
	ctx, span := tracer.Start(ctx, "add")
	defer span.End()
	_, err := l.db.ExecContext(ctx, "INSERT INTO log VALUES ($1)", line)
	return err
}

// Cancelled has cancelled the derived context: the request's own is alive.
func (l *Log) Cancelled(w http.ResponseWriter, r *http.Request) {
	short, cancel := context.WithTimeout(r.Context(), time.Millisecond)
	n := l.add(short, "short")
	cancel()
	if l.size(n) > 0 {
		_ = l.add(context.Background(), "long") // want `is at hand: r.Context\(\)$`
	}
}

// Waited has waited for the group, after which the group's context is cancelled.
func (l *Log) Waited(ctx context.Context, lines ...string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, line := range lines {
		g.Go(func() error { return l.add(gctx, line) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return l.add(context.TODO(), "waited") // want `is at hand: ctx$`
}

// Ended has ended the span in whose context it could go on.
func (l *Log) Ended(ctx context.Context, line string) error {
	phase, span := tracer.Start(ctx, "phase")
	err := l.add(phase, line)
	span.End()
	if err != nil {
		return err
	}
	return l.add(context.Background(), "ended") // want `is at hand: ctx$`
}

// Block has the span's context in a block that is over.
func (l *Log) Block(c *gin.Context) {
	{
		inner, span := tracer.Start(c.Request.Context(), "block")
		_ = l.add(inner, "inner")
		span.End()
	}
	_ = l.add(context.Background(), "outer") // want `is at hand: c.Request.Context\(\)$`
}

// Before has the root before the span is started.
func (l *Log) Before(c *gin.Context) {
	_ = l.add(context.TODO(), "before") // want `is at hand: c.Request.Context\(\)$`
	ctx, span := tracer.Start(c.Request.Context(), "Before")
	defer span.End()
	_ = l.add(ctx, "after")
}

// Named has the request's context in a variable.
func (l *Log) Named(c echo.Context) error {
	ctx := c.Request().Context()
	if err := l.add(ctx, "one"); err != nil {
		return err
	}
	return l.add(context.Background(), "two") // want `is at hand: ctx$`
}

// Timeout has the deadline for all that follows.
func (l *Log) Timeout(parent context.Context, line string) error {
	tctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	if err := l.add(tctx, line); err != nil {
		return err
	}
	return l.add(context.TODO(), line+"!") // want `is at hand: tctx$`
}

// Replaced has replaced the request by one with the span.
func (l *Log) Replaced(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Replaced")
	defer span.End()
	r = r.WithContext(ctx)
	if err := l.add(context.Background(), r.Method); err != nil { // want `is at hand: (ctx|r.Context\(\))$`
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// Branch has a context in each branch of an if.
func (l *Log) Branch(ctx context.Context, deep bool) error {
	if deep {
		dctx, span := tracer.Start(ctx, "deep")
		defer span.End()
		return errors.Join(l.add(dctx, "deep"), l.add(context.Background(), "deeper")) // want `is at hand: dctx$`
	}
	return l.add(context.Background(), "flat") // want `is at hand: ctx$`
}

// Loop has one in each turn.
func (l *Log) Loop(ctx context.Context, lines []string) {
	for _, line := range lines {
		lctx, span := tracer.Start(ctx, "line")
		if err := l.add(lctx, line); err == nil {
			_ = l.add(context.Background(), line) // want `is at hand: lctx$`
		}
		span.End()
	}
}

// Own is a literal's own context, and hides the one around it.
func (l *Log) Own(ctx context.Context, run func(func(context.Context) error) error) error {
	err := run(func(own context.Context) error {
		return l.add(context.Background(), "own") // want `is at hand: own$`
	})
	return errors.Join(err, l.add(ctx, "outer"))
}

// Both has a request and a context: the context is the nearer one.
func (l *Log) Both(ctx context.Context, r *http.Request) error {
	return l.add(context.Background(), r.Method) // want `is at hand: (ctx|r.Context\(\))$`
}

// Wrapped starts its span through a helper that returns the context second.
func (l *Log) Wrapped(ctx context.Context) error {
	span, wctx := begin(ctx, "Wrapped")
	defer span.End()
	_ = wctx
	return l.add(context.TODO(), "wrapped") // want `is at hand: wctx$`
}

func begin(ctx context.Context, name string) (trace.Span, context.Context) {
	ctx, span := tracer.Start(ctx, name)
	return span, ctx
}

// Switch is in the arms of a type switch, whose variable is called ctx.
func (l *Log) Switch(c context.Context, v any) error {
	switch ctx := v.(type) {
	case string:
		return l.add(context.Background(), ctx) // want `is at hand: c$`
	case context.Context:
		return l.add(ctx, "its own")
	}
	return c.Err()
}

// size is how much there is to say about what became of a line.
func (l *Log) size(err error) int {
	if err == nil {
		return 0
	}
	return len(err.Error())
}
