// Package innocent_shared does work that belongs to no single request: it is
// done once for many, and must not end or be traced with the first of them.
package innocent_shared

import (
	"context"
	"database/sql"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"golang.org/x/sync/singleflight"
)

var tracer = otel.Tracer("shared")

// Config is loaded once, cached, and refreshed.
type Config struct {
	db     *sql.DB
	once   sync.Once
	flight singleflight.Group
	mu     sync.RWMutex
	values map[string]string
	conn   *sql.Conn
	load1  func() (map[string]string, error)
	ctx    context.Context
	cancel context.CancelFunc
}

func (c *Config) load(ctx context.Context) (map[string]string, error) {
	ctx, span := tracer.Start(ctx, "load")
	defer span.End()
	rows, err := c.db.QueryContext(ctx, "SELECT key, value FROM config")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var k, v string
		if err := rows.Scan(&k, &v); err != nil {
			return nil, err
		}
		out[k] = v
	}
	return out, rows.Err()
}

// Once loads in a sync.Once.
func (c *Config) Once(ctx context.Context, key string) string {
	c.once.Do(func() {
		c.values, _ = c.load(context.Background())
	})
	if ctx.Err() != nil {
		return ""
	}
	return c.values[key]
}

// Flight loads in a singleflight body, which other requests wait for as well.
func (c *Config) Flight(g *gin.Context) {
	v, err, _ := c.flight.Do("config", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		return c.load(ctx)
	})
	if err != nil {
		g.Status(http.StatusServiceUnavailable)
		return
	}
	g.JSON(http.StatusOK, v)
}

// FlightChan does so without waiting longer than the request.
func (c *Config) FlightChan(ctx context.Context) (any, error) {
	ch := c.flight.DoChan("config", func() (any, error) { return c.load(context.Background()) })
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case res := <-ch:
		return res.Val, res.Err
	}
}

// Lazy opens a connection that is kept.
func (c *Config) Lazy(ctx context.Context) (*sql.Conn, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == nil {
		conn, err := c.db.Conn(context.Background())
		if err != nil {
			return nil, err
		}
		c.conn = conn
	}
	return c.conn, c.conn.PingContext(ctx)
}

// LazyMap fills a cache that is shared.
func (c *Config) LazyMap(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	if c.values == nil {
		c.values, _ = c.load(context.Background())
	}
	c.mu.Unlock()
	_, _ = w.Write([]byte(c.values[r.FormValue("key")]))
}

// OnceValue makes a function that loads once.
func (c *Config) OnceValue(ctx context.Context) error {
	if c.load1 == nil {
		c.load1 = sync.OnceValues(func() (map[string]string, error) { return c.load(context.Background()) })
	}
	_, err := c.load1()
	if err == nil {
		err = ctx.Err()
	}
	return err
}

// NewConfig keeps a context for the life of the value, not of the call.
func NewConfig(ctx context.Context, db *sql.DB) (*Config, error) {
	c := &Config{db: db}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	return c, db.PingContext(ctx)
}

// Connect is the same in a method: the context is kept in a field.
func (c *Config) Connect(ctx context.Context) error {
	c.ctx = context.Background()
	return c.db.PingContext(ctx)
}

// NewLiteral keeps it in a composite literal.
func NewLiteral(ctx context.Context, db *sql.DB) *Config {
	life, cancel := context.WithCancel(context.Background())
	_ = db.PingContext(ctx)
	return &Config{db: db, ctx: life, cancel: cancel}
}

// memo is the once of the package.
var memo sync.Once

// Warm is reached from a handler, and its body runs once for all of them.
func (c *Config) Warm() {
	memo.Do(func() { _, _ = c.load(context.Background()) })
}

// Handler reaches Warm.
func (c *Config) Handler(w http.ResponseWriter, r *http.Request) {
	c.Warm()
	w.WriteHeader(http.StatusNoContent)
}
