// Package innocent_pairs has functions whose names look as if one were the form
// of the other with a context, and calls that are right without one.
package innocent_pairs

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("pairs")

// Mail sends mails.
type Mail struct {
	db  *sql.DB
	ctx context.Context
}

// Send and SendContext differ in their results.
func (m *Mail) Send(to string) error { return m.SendErr(m.ctx, to) }

// SendContext also returns the id.
func (m *Mail) SendContext(ctx context.Context, to string) (id int64, err error) {
	ctx, span := tracer.Start(ctx, "SendContext")
	defer span.End()
	err = m.db.QueryRowContext(ctx, "INSERT INTO mails VALUES ($1) RETURNING id", to).Scan(&id)
	return id, err
}

// SendErr is what Send does.
func (m *Mail) SendErr(ctx context.Context, to string) error {
	_, err := m.SendContext(ctx, to)
	return err
}

// Queue and QueueContext differ in the parameters after the context.
func (m *Mail) Queue(to string) error { return m.SendErr(m.ctx, to) }

// QueueContext has a delay.
func (m *Mail) QueueContext(ctx context.Context, to string, delay time.Duration) error {
	time.Sleep(delay)
	return m.SendErr(ctx, to)
}

// Peek and PeekContext: the context comes last.
func (m *Mail) Peek(id int64) error { return m.SendErr(m.ctx, "") }

// PeekContext has it last.
func (m *Mail) PeekContext(id int64, ctx context.Context) error { return m.SendErr(ctx, "") }

// Render is gin's: it takes another kind of context.
func (m *Mail) Render(name string) error { return m.SendErr(m.ctx, name) }

// RenderContext renders for gin.
func (m *Mail) RenderContext(c *gin.Context, name string) error {
	return m.SendErr(c.Request.Context(), name)
}

// With and WithContext are settings, not forms of each other.
func (m *Mail) With(name string) *Mail { return &Mail{db: m.db, ctx: m.ctx} }

// WithContext sets the context.
func (m *Mail) WithContext(ctx context.Context) *Mail { return &Mail{db: m.db, ctx: ctx} }

// Format does all the work, which takes no context; FormatContext gives up when
// the context is over, and is Format otherwise.
func (m *Mail) Format(text string) (string, error) { return text + "\n", nil }

// FormatContext is implemented by Format: the call in it must stay.
func (m *Mail) FormatContext(ctx context.Context, text string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	return m.Format(text)
}

// Store is the implementation of StoreContext, which waits beside it.
func (m *Mail) Store(text string) error {
	_, err := m.db.Exec("INSERT INTO texts VALUES ($1)", text)
	return err
}

// StoreContext runs Store and does not wait longer than the context.
func (m *Mail) StoreContext(ctx context.Context, text string) error {
	done := make(chan error, 1)
	go func() { done <- m.Store(text) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Count is a short form, for those who have no context.
func (m *Mail) Count(box string) (int, error) { return m.CountCtx(context.Background(), box) }

// CountCtx counts.
func (m *Mail) CountCtx(ctx context.Context, box string) (n int, err error) {
	err = m.db.QueryRowContext(ctx, "SELECT count(*) FROM mails WHERE box = $1", box).Scan(&n)
	return n, err
}

// Differ calls what has no such form.
func (m *Mail) Differ(ctx context.Context, to string) error {
	if err := m.Send(to); err != nil {
		return err
	}
	if err := m.Queue(to); err != nil {
		return err
	}
	if err := m.Peek(1); err != nil {
		return err
	}
	return m.With("x").SendErr(ctx, to)
}

// Gin calls what has the form for gin only.
func (m *Mail) Gin(c *gin.Context) {
	if err := m.Render(c.Param("name")); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

// Nobody has no context at hand.
func (m *Mail) Nobody(boxes []string) (sum int) {
	for _, b := range boxes {
		n, _ := m.Count(b)
		sum += n
	}
	return sum
}

// Deferred counts in a defer.
func (m *Mail) Deferred(ctx context.Context, box string) error {
	defer m.Count(box)
	return m.SendErr(ctx, box)
}

// Handler makes a handler; the call is made at start-up.
func (m *Mail) Handler(box string) http.HandlerFunc {
	first, _ := m.Count(box)
	return func(w http.ResponseWriter, r *http.Request) {
		n, err := m.CountCtx(r.Context(), box)
		if err != nil || n < first {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}
}

// Goroutine counts when the handler has returned.
func (m *Mail) Goroutine(w http.ResponseWriter, r *http.Request) {
	go m.Count(r.Method)
	w.WriteHeader(http.StatusAccepted)
}

// Bound is a session that was given its context when it was made: its short
// forms use that.
type Bound struct {
	mail *Mail
	ctx  context.Context
}

// Bind makes one.
func (m *Mail) Bind(ctx context.Context) *Bound { return &Bound{mail: m, ctx: ctx} }

// Send is the short form, with the session's context.
func (b *Bound) Send(to string) error { return b.SendCtx(b.ctx, to) }

// SendCtx is the other one.
func (b *Bound) SendCtx(ctx context.Context, to string) error { return b.mail.SendErr(ctx, to) }

// Session uses one.
func Session(w http.ResponseWriter, r *http.Request, m *Mail) {
	b := m.Bind(r.Context())
	if err := b.Send(r.FormValue("to")); err != nil {
		w.WriteHeader(http.StatusBadGateway)
	}
}

// A tenant is found in the context, or is the default.
type tenant string

type tenantKey struct{}

func current() tenant { return "default" }

// currentContext reads a value: no work is in it that could be in a trace.
func currentContext(ctx context.Context) tenant {
	if t, ok := ctx.Value(tenantKey{}).(tenant); ok {
		return t
	}
	return current()
}

// Tenant asks for the default on purpose.
func Tenant(ctx context.Context, m *Mail) error {
	if t := currentContext(ctx); t != current() {
		return m.SendErr(ctx, string(t))
	}
	return nil
}

// Named has a literal with the name of a form: it is no function of the package.
func Named(ctx context.Context, m *Mail) error {
	load := func(to string) error { return m.SendErr(ctx, to) }
	loadContext := func(ctx context.Context, to string) error { return m.SendErr(ctx, to) }
	if err := load("a"); err != nil {
		return err
	}
	return loadContext(ctx, "b")
}

// journal is a team's own logger, with forms in pairs.
type journal struct{ out *slog.Logger }

func (j journal) Note(msg string, args ...any) { j.out.Info(msg, args...) }

// NoteContext logs with the context: what it does is a log record, and about
// those only the option is.
func (j journal) NoteContext(ctx context.Context, msg string, args ...any) {
	j.out.InfoContext(ctx, msg, args...)
}

// Journal uses the short form.
func Journal(w http.ResponseWriter, r *http.Request, j journal) {
	j.Note("journal", "method", r.Method)
	w.WriteHeader(http.StatusNoContent)
}

// Later has the short form as a value, whose type the other one has not.
func Later(ctx context.Context, m *Mail, boxes []string) (n int, err error) {
	count := m.Count
	if len(boxes) == 0 {
		count = func(string) (int, error) { return 0, ctx.Err() }
	}
	for _, b := range boxes {
		if n, err = count(b); err != nil {
			break
		}
	}
	return n, err
}
