// Package innocent_stored has literals with roots that run when the function
// around them may have returned: its context is not at hand in them.
package innocent_stored

import (
	"context"
	"database/sql"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
)

// Jobs are kept and run later.
type Jobs struct {
	db    *sql.DB
	mu    sync.Mutex
	queue []func() error
	jobs  chan func()
	onEnd map[string]func()
}

func (j *Jobs) mark(ctx context.Context, id string) error {
	ctx, span := otel.Tracer("stored").Start(ctx, "mark")
	defer span.End()
	_, err := j.db.ExecContext(ctx, "UPDATE jobs SET done = true WHERE id = $1", id)
	return err
}

// Appended appends the literal to a queue.
func (j *Jobs) Appended(c *gin.Context) {
	id := c.Param("id")
	j.mu.Lock()
	defer j.mu.Unlock()
	j.queue = append(j.queue, func() error { return j.mark(context.Background(), id) })
}

// Sent sends it to a worker.
func (j *Jobs) Sent(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	j.jobs <- func() { _ = j.mark(context.Background(), id) }
	w.WriteHeader(http.StatusAccepted)
}

// Mapped keeps it under a key.
func (j *Jobs) Mapped(ctx context.Context, id string) error {
	j.onEnd[id] = func() { _ = j.mark(context.Background(), id) }
	return j.mark(ctx, id+"/begin")
}

// Field keeps it in a value that is returned.
func (j *Jobs) Field(ctx context.Context, id string) *http.Server {
	_ = j.mark(ctx, id)
	srv := &http.Server{ConnState: nil}
	srv.RegisterOnShutdown(func() { _ = j.mark(context.Background(), id) })
	return srv
}

// Unknown hands it to a function that it was given, of which nothing is known.
func (j *Jobs) Unknown(ctx context.Context, later func(func())) error {
	later(func() { _ = j.mark(context.TODO(), "unknown") })
	return ctx.Err()
}

// Timer has it run by a timer.
func (j *Jobs) Timer(w http.ResponseWriter, r *http.Request) {
	time.AfterFunc(time.Minute, func() { _ = j.mark(context.Background(), "timer") })
	w.WriteHeader(http.StatusAccepted)
}

// Iterator returns a sequence, which the caller runs.
func (j *Jobs) Iterator(ctx context.Context, ids []string) func(func(error) bool) {
	if ctx.Err() != nil {
		return func(func(error) bool) {}
	}
	return func(yield func(error) bool) {
		for _, id := range ids {
			if !yield(j.mark(context.Background(), id)) {
				return
			}
		}
	}
}

// kept keeps what it is given: the literal runs later, although the helper is
// of this package.
func (j *Jobs) kept(fn func() error) { j.queue = append(j.queue, fn) }

// Kept hands the literal to it.
func (j *Jobs) Kept(ctx context.Context, id string) error {
	j.kept(func() error { return j.mark(context.Background(), id) })
	return ctx.Err()
}

// Worker runs all of them; it has no context.
func (j *Jobs) Worker() {
	for fn := range j.jobs {
		fn()
	}
}
