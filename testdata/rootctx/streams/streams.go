// Package streams has handlers that live long: loops, server-sent events,
// long polls. Their roots stand beside the code that waits for the end.
package streams

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/v9"
	"go.opentelemetry.io/otel"
	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

var tracer = otel.Tracer("streams")

// Feed gives what is new.
type Feed struct {
	db  *sql.DB
	rdb redis.UniversalClient
}

func (f *Feed) since(ctx context.Context, id int64) (next int64, err error) {
	ctx, span := tracer.Start(ctx, "since")
	defer span.End()
	err = f.db.QueryRowContext(ctx, "SELECT max(id) FROM feed WHERE id > $1", id).Scan(&next)
	return next, err
}

// Events sends server-sent events; the root is in the arm that works, not in
// the one that stops.
func (f *Feed) Events(w http.ResponseWriter, r *http.Request) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var last int64
	for {
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
			next, err := f.since(context.Background(), last) // want `the request's context is at hand: r.Context\(\)`
			if err != nil {
				continue
			}
			last = next
			fmt.Fprintf(w, "data: %d\n\n", last)
		}
	}
}

// Stream has the root above its loop.
func (f *Feed) Stream(c *gin.Context) {
	ctx := context.Background() // want `the request's context is at hand: c.Request.Context\(\)`
	var last int64
	for range 100 {
		next, err := f.since(ctx, last)
		if err != nil {
			c.SSEvent("error", err.Error())
			return
		}
		last = next
		c.SSEvent("next", last)
	}
}

// Consume receives from the client until it has said all.
func (f *Feed) Consume(stream grpc.ClientStreamingServer[healthpb.HealthCheckRequest, healthpb.HealthCheckResponse]) error {
	for {
		req, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return stream.SendAndClose(&healthpb.HealthCheckResponse{})
		}
		if err != nil {
			return err
		}
		if err := f.rdb.Publish(context.Background(), "feed", req.GetService()).Err(); err != nil { // want `the request's context is at hand: stream.Context\(\)`
			return err
		}
	}
}

// Bidi starts a span for each message, over a root.
func (f *Feed) Bidi(bs grpc.BidiStreamingServer[healthpb.HealthCheckRequest, healthpb.HealthCheckResponse]) error {
	for {
		if _, err := bs.Recv(); err != nil {
			return err
		}
		if err := f.one(bs); err != nil {
			return err
		}
	}
}

func (f *Feed) one(bs grpc.BidiStreamingServer[healthpb.HealthCheckRequest, healthpb.HealthCheckResponse]) error {
	ctx, span := tracer.Start(context.TODO(), "one") // want `the request's context is at hand: bs.Context\(\)`
	defer span.End()
	if _, err := f.since(ctx, 0); err != nil {
		return err
	}
	return bs.Send(&healthpb.HealthCheckResponse{})
}

// Poll waits for news as long as the caller does: the root is where the context
// is not over.
func (f *Feed) Poll(ctx context.Context, last int64) (int64, error) {
	for ctx.Err() == nil {
		next, err := f.since(context.Background(), last) // want `the caller's context is at hand: ctx$`
		if err != nil || next > last {
			return next, err
		}
		time.Sleep(time.Second)
	}
	return 0, ctx.Err()
}

// Alive looks at the context before it works.
func (f *Feed) Alive(ctx context.Context) (n int64, err error) {
	if ctx.Err() == nil {
		n, err = f.since(context.TODO(), 0) // want `the caller's context is at hand: ctx$`
	}
	return n, err
}

// Guarded has left already when the context is over.
func (f *Feed) Guarded(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
	}
	return f.rdb.Ping(context.Background()).Err() // want `the caller's context is at hand: ctx$`
}

// Pipeline builds commands in a literal that redis runs before it returns.
func (f *Feed) Pipeline(ctx context.Context, ids []string) error {
	_, err := f.rdb.Pipelined(context.Background(), func(p redis.Pipeliner) error { // want `the caller's context is at hand: ctx$`
		for _, id := range ids {
			p.Del(ctx, id)
		}
		return nil
	})
	return err
}
