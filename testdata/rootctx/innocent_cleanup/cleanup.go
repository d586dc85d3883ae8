// Package innocent_cleanup uses roots for what has to happen when the request is
// over or was given up: a context that is cancelled would prevent it.
package innocent_cleanup

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/v9"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
)

var tracer = otel.Tracer("cleanup")

// Store has a database, a cache and a lock in it.
type Store struct {
	db     *sql.DB
	rdb    *redis.Client
	failed metric.Int64Counter
}

func (s *Store) unlock(ctx context.Context, key string) error {
	ctx, span := tracer.Start(ctx, "unlock")
	defer span.End()
	return s.rdb.Del(ctx, key).Err()
}

// Locked frees the lock in a defer: also when the request was cancelled.
func (s *Store) Locked(ctx context.Context, key string, fn func(context.Context) error) error {
	if err := s.rdb.SetNX(ctx, key, 1, time.Minute).Err(); err != nil {
		return err
	}
	defer s.unlock(context.Background(), key)
	return fn(ctx)
}

// LockedClosure does so in a deferred closure, with a deadline.
func (s *Store) LockedClosure(c *gin.Context) {
	key := c.Param("key")
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := s.unlock(ctx, key); err != nil {
			slog.Error("unlock", "err", err)
		}
	}()
	c.JSON(http.StatusOK, s.rdb.Get(c.Request.Context(), key).Val())
}

// Release is returned to the caller, who defers it.
func (s *Store) Release(ctx context.Context, key string) (release func(), err error) {
	if err := s.rdb.SetNX(ctx, key, 1, time.Minute).Err(); err != nil {
		return nil, err
	}
	return func() { _ = s.unlock(context.Background(), key) }, nil
}

// RolledBack has the deferred closure decide.
func (s *Store) RolledBack(ctx context.Context) (err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, _ = s.db.ExecContext(context.Background(), "INSERT INTO failures VALUES ($1)", err.Error())
			_ = tx.Rollback()
		}
	}()
	_, err = tx.ExecContext(ctx, "UPDATE stock SET n = n - 1")
	return err
}

// Serve stops gracefully: its context is cancelled at that point.
func Serve(ctx context.Context, srv *http.Server, tp *sdktrace.TracerProvider) error {
	failed := make(chan error, 1)
	go func() { failed <- srv.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return errors.Join(srv.Shutdown(stop), tp.Shutdown(stop))
}

// InCase does it in the arm of the select.
func (s *Store) InCase(ctx context.Context, in <-chan string) error {
	for {
		select {
		case <-ctx.Done():
			flush, cancel := context.WithTimeout(context.Background(), time.Second)
			err := s.unlock(flush, "in")
			cancel()
			return err
		case key := <-in:
			if err := s.unlock(ctx, key); err != nil {
				return err
			}
		}
	}
}

// Flush hands a root to what must not be cancelled: a provider's shutdown.
func Flush(_ context.Context, tp *sdktrace.TracerProvider) error {
	if err := tp.ForceFlush(context.Background()); err != nil {
		return err
	}
	return tp.Shutdown(context.Background())
}

// Counted records because the context is over.
func (s *Store) Counted(ctx context.Context, key string) error {
	err := s.unlock(ctx, key)
	if ctx.Err() != nil {
		s.failed.Add(context.Background(), 1)
		_ = s.unlock(context.Background(), key)
	}
	return err
}

// CountedEarly does the same by what the context's error is.
func (s *Store) CountedEarly(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return errors.Join(err, s.unlock(context.Background(), key))
	}
	return s.unlock(ctx, key)
}

// CountedIs asks whether the error is that of a cancelled context.
func (s *Store) CountedIs(ctx context.Context, key string) error {
	err := s.rdb.Get(ctx, key).Err()
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return s.unlock(context.Background(), key)
	}
	return err
}

// Cancelled uses a root after it has cancelled its own context.
func (s *Store) Cancelled(cc *grpc.ClientConn, key string) error {
	ctx, cancel := context.WithCancel(context.Background())
	err := s.rdb.Get(ctx, key).Err()
	cancel()
	cc.Connect()
	return errors.Join(err, s.unlock(context.Background(), key))
}

// AfterSpan ends what it has begun in a defer with a root: the values of the
// request are not wanted.
func (s *Store) AfterSpan(ctx context.Context) {
	ctx, span := tracer.Start(ctx, "AfterSpan", trace.WithSpanKind(trace.SpanKindConsumer))
	defer span.End()
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return
	}
	defer conn.Close()
	defer conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock_all()")
	_, _ = conn.ExecContext(ctx, "SELECT pg_advisory_lock(1)")
}

// Close is clean-up by its name and by its place: a method that has no context.
func (s *Store) Close() error {
	_, err := s.db.ExecContext(context.Background(), "DELETE FROM leases")
	return errors.Join(err, s.db.Close())
}

// Registered is run by gin's engine when it stops.
func (s *Store) Registered(srv *http.Server) {
	srv.RegisterOnShutdown(func() { _ = s.unlock(context.Background(), "all") })
}

// AfterFunc is run when the context is over: nothing else can be used then.
func (s *Store) AfterFunc(ctx context.Context, key string) error {
	stop := context.AfterFunc(ctx, func() { _ = s.unlock(context.Background(), key) })
	defer stop()
	return s.unlock(ctx, key+"/own")
}

// acquire returns a connection, and what gives it back.
func (s *Store) acquire(ctx context.Context) (*sql.Conn, func(), error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	return conn, func() { _ = conn.Close() }, nil
}

// Borrowed resets the connection before it gives it back, whatever has happened: the
// literal runs where the work has failed, too.
func (s *Store) Borrowed(ctx context.Context) error {
	conn, release, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	done := func() {
		reset, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if _, err := conn.ExecContext(reset, "RESET ALL"); err != nil {
			slog.Error("reset", "error", err)
		}
		release()
	}
	if _, err := conn.ExecContext(ctx, "SELECT 1"); err != nil {
		done()
		return err
	}
	done()
	return nil
}
