package innocent_real

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"runtime/trace"
	"sync"
	"text/template"
	"time"

	"github.com/redis/go-redis/v9"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	oteltrace "go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/metadata"
	"gorm.io/gorm"

	"github.com/tracevet/tracevet/testdata/staleparent/service"
	"github.com/tracevet/tracevet/testdata/staleparent/store"
)

// clock is how the code sleeps, so that tests need not.
type clock interface {
	Sleep(ctx context.Context, d time.Duration) error
}

type wallClock struct{}

// Sleep waits, and traces nothing.
func (wallClock) Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// flags are the switches, read from memory.
type flags interface {
	Enabled(ctx context.Context, name string) bool
}

type staticFlags map[string]map[string]bool

// Enabled looks into the map of the tenant.
func (f staticFlags) Enabled(ctx context.Context, name string) bool {
	return f[service.Tenant(ctx)][name]
}

var (
	_ clock = wallClock{}
	_ flags = staticFlags{}
)

// checkout is a service.
type checkout struct {
	clock  clock
	flags  flags
	orders *service.Orders
	db     *sql.DB
	orm    *gorm.DB
	redis  *redis.Client
	client *http.Client
	placed metric.Int64Counter
	page   *template.Template
}

// Settle is a leaf for a pause: the only clock of the program traces nothing.
func (s *checkout) Settle(ctx context.Context) error {
	_, span := tracer.Start(ctx, "settle")
	defer span.End()
	return s.clock.Sleep(ctx, 50*time.Millisecond)
}

// Render is a leaf for a template: the switches that it asks are a map.
func (s *checkout) Render(ctx context.Context, w io.Writer, it store.Order) error {
	_, span := tracer.Start(ctx, "render")
	defer span.End()
	if s.flags.Enabled(ctx, "new-receipt") {
		return s.page.ExecuteTemplate(w, "receipt2", it)
	}
	return s.page.ExecuteTemplate(w, "receipt", it)
}

// Signed builds and signs a request in a leaf; it is sent when that is over.
func (s *checkout) Signed(ctx context.Context, url string, it store.Order) (*http.Response, error) {
	_, sign := tracer.Start(ctx, "sign")
	b, err := json.Marshal(it)
	if err != nil {
		sign.SetStatus(codes.Error, "marshal")
		sign.End()
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(b))
	if err != nil {
		sign.SetStatus(codes.Error, "request")
		sign.End()
		return nil, err
	}
	sum := sha256.Sum256(b)
	req.Header.Set("X-Signature", hex.EncodeToString(sum[:]))
	sign.End()
	return s.client.Do(req)
}

// Queued encodes into a pipeline in a leaf: its Set queues, and only Exec talks to
// redis, after the end.
func (s *checkout) Queued(ctx context.Context, items []store.Order) error {
	_, encode := tracer.Start(ctx, "encode", oteltrace.WithAttributes(attribute.Int("items", len(items))))
	pipe := s.redis.Pipeline()
	for _, it := range items {
		pipe.Set(ctx, "order:"+it.ID, it.Amount, time.Hour)
	}
	encode.End()
	_, err := pipe.Exec(ctx)
	return err
}

// Prepared makes gorm's session in a leaf, which asks the database nothing.
func (s *checkout) Prepared(ctx context.Context, ids []string) ([]store.Order, error) {
	_, build := tracer.Start(ctx, "build query")
	q := s.orm.WithContext(ctx).Model(&store.Order{}).Where("id IN ?", ids).Order("amount")
	build.End()
	var out []store.Order
	return out, q.Find(&out).Error
}

// Begun traces how long it takes to get a transaction. The driver's spans of
// Commit and Rollback are under the context that BeginTx got, which must not be
// that of the short span.
func (s *checkout) Begun(ctx context.Context, it store.Order) error {
	_, begin := tracer.Start(ctx, "tx.begin")
	// The transaction keeps this context until Commit, long after the span of its begin.
	tx, err := s.db.BeginTx(ctx, nil)
	begin.End()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "UPDATE orders SET amount = $1 WHERE id = $2", it.Amount, it.ID); err != nil {
		return err
	}
	return tx.Commit()
}

// Counted records a measurement and a log line under a leaf: neither makes spans.
func (s *checkout) Counted(ctx context.Context, it store.Order) []byte {
	_, span := tracer.Start(ctx, "encode")
	defer span.End()
	b, err := json.Marshal(it)
	if err != nil {
		slog.WarnContext(ctx, "encode", "id", it.ID, "err", err)
	}
	s.placed.Add(ctx, 1, metric.WithAttributes(attribute.Int("size", len(b))))
	return b
}

// OnceEnds ends its leaf by a function that runs once: by hand before the work, and
// by the defer if the decoding panics or returns.
func (s *checkout) OnceEnds(ctx context.Context, r io.Reader) error {
	_, span := tracer.Start(ctx, "decode")
	end := sync.OnceFunc(func() { span.End() })
	defer end()
	var it store.Order
	if err := json.NewDecoder(r).Decode(&it); err != nil {
		return err
	}
	end()
	return s.orders.Place(ctx, it)
}

// Waited tells after the fact how long the order was in the queue: the span begins
// in the past and ends before the work.
func (s *checkout) Waited(ctx context.Context, it store.Order, since time.Time) error {
	_, wait := tracer.Start(ctx, "queue.wait", oteltrace.WithTimestamp(since))
	wait.End(oteltrace.WithTimestamp(time.Now()))
	return s.orders.Place(ctx, it)
}

// Stopwatch holds the end in a method value that is called before the work.
func (s *checkout) Stopwatch(ctx context.Context, b []byte) error {
	_, span := tracer.Start(ctx, "unmarshal")
	stop := span.End
	var it store.Order
	err := json.Unmarshal(b, &it)
	stop()
	if err != nil {
		return err
	}
	return s.orders.Place(ctx, it)
}

// Outgoing adds metadata to the older context while its leaf is open, and calls
// when it is over.
func (s *checkout) Outgoing(ctx context.Context, it store.Order) error {
	_, span := tracer.Start(ctx, "token")
	out := metadata.AppendToOutgoingContext(ctx, "x-order", it.ID)
	span.End()
	return s.orders.Place(out, it)
}

// Region has a region of Go's execution tracer, which is not of a trace of ours.
func (s *checkout) Region(ctx context.Context, it store.Order) error {
	_, task := trace.NewTask(ctx, "place")
	defer task.End()
	defer trace.StartRegion(ctx, "place").End()
	return s.orders.Place(ctx, it)
}

// trackInto starts a span on the caller's context and stores the new one there.
func trackInto(ctx *context.Context, name string) func() {
	c, span := tracer.Start(*ctx, name)
	*ctx = c
	return func() { span.End() }
}

// Tracked looks as if the context were not passed on: the helper has changed it
// through the pointer.
func (s *checkout) Tracked(ctx context.Context, it store.Order) error {
	defer trackInto(&ctx, "tracked")()
	return s.orders.Place(ctx, it)
}

// unit is the shop's own context.
type unit struct {
	context.Context
	tenant string
}

// span returns the unit one level deeper.
func (u unit) span(name string) (unit, oteltrace.Span) {
	ctx, span := tracer.Start(u, name)
	u.Context = ctx
	return u, span
}

// Own assigns the shop's own context, as others assign ctx.
func (s *checkout) Own(u unit, it store.Order) error {
	u, span := u.span("own")
	defer span.End()
	return s.orders.Place(u, it)
}

// Carries drops the context, and changes its own by hand.
func (s *checkout) Carries(u *unit, it store.Order) error {
	_, span := tracer.Start(u, "carries")
	defer span.End()
	u = &unit{Context: oteltrace.ContextWithSpan(u, span), tenant: u.tenant}
	return s.orders.Place(u, it)
}

// CacheHit ends its leaf where the cache has it, and works on its own way out.
func (s *checkout) CacheHit(ctx context.Context, local *sync.Map, id string) (store.Order, error) {
	_, span := tracer.Start(ctx, "cache")
	v, ok := local.Load(id)
	span.SetAttributes(attribute.Bool("hit", ok))
	if !ok {
		span.End()
		return s.orders.Load(ctx, id)
	}
	defer span.End()
	return v.(store.Order), nil
}
