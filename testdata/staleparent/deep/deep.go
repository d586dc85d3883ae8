// Package deep has faults of the same kinds that are one step further away.
package deep

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

var tracer = otel.Tracer("deep")

// Deadline derives from the old context while the span is open.
func Deadline(ctx context.Context, repo *store.Orders, id string) error {
	_, span := tracer.Start(ctx, "Deadline") // want `the context of span is dropped`
	defer span.End()
	qctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := repo.Find(qctx, id)
	return err
}

// DeadlineSameName derives under the same name.
func DeadlineSameName(ctx context.Context, repo *store.Orders, id string) error {
	_, span := tracer.Start(ctx, "DeadlineSameName") // want `the context of span is dropped`
	defer span.End()
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := repo.Find(ctx, id)
	return err
}

// Group derives by way of an errgroup.
func Group(ctx context.Context, repo *store.Orders, ids []string) error {
	_, span := tracer.Start(ctx, "Group") // want `the context of span is dropped`
	defer span.End()
	g, gctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error {
			_, err := repo.Find(gctx, id)
			return err
		})
	}
	return g.Wait()
}

func withRetry(ctx context.Context, fn func(context.Context) error) error {
	for {
		if err := fn(ctx); err == nil || ctx.Err() != nil {
			return err
		}
	}
}

// Retry hands the old context to a helper that hands it to the literal, which
// works with it.
func Retry(ctx context.Context, repo *store.Orders, it store.Order) error {
	_, span := tracer.Start(ctx, "Retry") // want `the context of span is dropped and ctx is used on line 65,`
	defer span.End()
	return withRetry(ctx, func(ctx context.Context) error {
		return repo.Save(ctx, it)
	})
}

// Unary is an interceptor that hands the old context on.
func Unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	newCtx, span := tracer.Start(ctx, info.FullMethod) // want `newCtx is not passed to handler, so`
	defer span.End()
	if _, err := check(newCtx); err != nil {
		return nil, err
	}
	return handler(ctx, req)
}

func check(ctx context.Context) (bool, error) {
	_, span := tracer.Start(ctx, "check")
	defer span.End()
	return true, nil
}

// consumer climbs in a field: the trace is as long as the process lives.
type consumer struct {
	ctx  context.Context
	repo *store.Orders
	in   chan string
}

func (c *consumer) run() {
	var span trace.Span
	for id := range c.in {
		c.ctx, span = tracer.Start(c.ctx, "consume") // want `c\.ctx climbs from iteration to iteration`
		_, _ = c.repo.Find(c.ctx, id)
		span.End()
	}
}

// Literal climbs in a literal that the loop calls.
func Literal(ctx context.Context, repo *store.Orders, ids []string) {
	var span trace.Span
	for _, id := range ids {
		func() {
			ctx, span = tracer.Start(ctx, "literal") // want `ctx climbs from iteration to iteration`
			defer span.End()
			_, _ = repo.Find(ctx, id)
		}()
	}
}

// Goto is a loop without a for. A limit: silent.
func Goto(ctx context.Context, repo *store.Orders, ids []string) {
	var span trace.Span
	i := 0
again:
	ctx, span = tracer.Start(ctx, "goto")
	_, _ = repo.Find(ctx, ids[i])
	span.End()
	if i++; i < len(ids) {
		goto again
	}
}
