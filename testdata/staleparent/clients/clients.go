// Package clients drops the context of a span around calls of clients that
// trace.
package clients

import (
	"context"
	"database/sql"
	"io"
	"net/http"

	"github.com/go-resty/resty/v2"
	"github.com/jmoiron/sqlx"
	"github.com/redis/go-redis/v9"
	otelapi "go.opentelemetry.io/otel"
	tr "go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"gorm.io/gorm"
)

var clientTracer = otelapi.GetTracerProvider().Tracer("clients")

// User is a row.
type User struct {
	ID   int64
	Name string
}

// HTTP sends a request whose context is the caller's.
func HTTP(ctx context.Context, client *http.Client, url string) ([]byte, error) {
	_, span := clientTracer.Start(ctx, "HTTP", tr.WithSpanKind(tr.SpanKindClient)) // want `the context of span is dropped`
	defer span.End()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// WithContext gives the old context to a request that is there already.
func WithContext(ctx context.Context, client *http.Client, req *http.Request) (*http.Response, error) {
	_, span := clientTracer.Start(ctx, "WithContext") // want `the context of span is dropped and .* is used on line 49,`
	defer span.End()
	return client.Do(req.WithContext(ctx))
}

// SQL queries.
func SQL(ctx context.Context, db *sql.DB, id int64) (name string, err error) {
	_, span := clientTracer.Start(ctx, "SQL") // want `the context of span is dropped and ctx is used on line 56,`
	defer span.End()
	err = db.QueryRowContext(ctx, "SELECT name FROM users WHERE id = $1", id).Scan(&name)
	return name, err
}

// Tx begins a transaction on the old context.
func Tx(ctx context.Context, db *sql.DB, u User) error {
	_, span := clientTracer.Start(ctx, "Tx") // want `the context of span is dropped and ctx is used on line 69,`
	defer span.End()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "UPDATE users SET name = $1 WHERE id = $2", u.Name, u.ID); err != nil {
		return err
	}
	return tx.Commit()
}

// SQLX selects into a slice.
func SQLX(ctx context.Context, db *sqlx.DB) ([]User, error) {
	_, span := clientTracer.Start(ctx, "SQLX") // want `the context of span is dropped and ctx is used on line 80,`
	defer span.End()
	var out []User
	err := db.SelectContext(ctx, &out, "SELECT id, name FROM users")
	return out, err
}

// Gorm makes its session from the old context.
func Gorm(ctx context.Context, db *gorm.DB, id int64) (*User, error) {
	_, span := clientTracer.Start(ctx, "Gorm") // want `the context of span is dropped and ctx is used on line 89,`
	defer span.End()
	var u User
	if err := db.WithContext(ctx).Where("id = ?", id).First(&u).Error; err != nil {
		return nil, err
	}
	return &u, nil
}

// Redis asks a cache.
func Redis(ctx context.Context, rdb *redis.Client, key string) (string, error) {
	_, span := clientTracer.Start(ctx, "Redis") // want `the context of span is dropped and ctx is used on line 99,`
	defer span.End()
	return rdb.Get(ctx, key).Result()
}

// RedisInterface asks through the library's interface.
func RedisInterface(ctx context.Context, rdb redis.UniversalClient, key string) error {
	_, span := clientTracer.Start(ctx, "RedisInterface") // want `the context of span is dropped and ctx is used on line 106,`
	defer span.End()
	return rdb.Set(ctx, key, 1, 0).Err()
}

// GRPC calls another service.
func GRPC(ctx context.Context, c healthpb.HealthClient) (bool, error) {
	_, span := clientTracer.Start(ctx, "GRPC") // want `the context of span is dropped and ctx is used on line 113,`
	defer span.End()
	resp, err := c.Check(ctx, &healthpb.HealthCheckRequest{})
	return resp.GetStatus() == healthpb.HealthCheckResponse_SERVING, err
}

// Invoke calls through a connection.
func Invoke(ctx context.Context, cc grpc.ClientConnInterface, method string, in, out any) error {
	_, span := clientTracer.Start(ctx, method) // want `the context of span is dropped and ctx is used on line 121,`
	defer span.End()
	return cc.Invoke(ctx, method, in, out)
}

// Resty sets the old context on its request.
func Resty(ctx context.Context, c *resty.Client) (int, error) {
	_, span := clientTracer.Start(ctx, "Resty") // want `the context of span is dropped and ctx is used on line 128,`
	defer span.End()
	resp, err := c.R().SetContext(ctx).Get("/users")
	if err != nil {
		return 0, err
	}
	return resp.StatusCode(), nil
}
