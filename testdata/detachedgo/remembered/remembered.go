// Package remembered has methods that start goroutines on what their receiver keeps.
package remembered

import (
	"context"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("remembered")

// A Listener remembers its sessions, and closes them one day.
type Listener struct {
	last     *Session
	sessions []*Session
	byName   map[string]*Session
	open     map[*Session]bool
	tracker
}

type Session struct{ name string }

type tracker struct{ all []*Session }

func (t *tracker) add(s *Session)  { t.all = append(t.all, s) }
func (t *tracker) name(s *Session) { t.all[0].name = s.name }

// Accept hands a session to a method that keeps it. Silent: the session belongs to the listener from there on,
// and so does what works on it.
func (l *Listener) Accept(ctx context.Context, name string) {
	s := &Session{name}
	l.add(s)
	go serve(ctx, s)
}

// Last, Append, ByName and Open keep it themselves. Silent for the same reason.
func (l *Listener) Last(ctx context.Context, s *Session) {
	l.last = s
	go serve(ctx, s)
}

func (l *Listener) Append(ctx context.Context, s *Session) {
	l.sessions = append(l.sessions, s)
	go func() { serve(ctx, s) }()
}

func (l *Listener) ByName(ctx context.Context, s *Session) {
	l.byName[s.name] = s
	go serve(ctx, s)
}

func (l *Listener) Open(ctx context.Context, s *Session) {
	l.open[s] = true
	go serve(ctx, s)
}

// Notify keeps only the name, so the session still belongs to this call.
func (l *Listener) Notify(ctx context.Context, s *Session) {
	l.last = &Session{s.name}
	l.name(s)
	go serve(ctx, s) // want `the goroutine works on ctx, which is cancelled when the caller of \(\*Listener\).Notify returns`
}

// Forward keeps the session in a variable of its own.
func (l *Listener) Forward(ctx context.Context, s *Session) {
	next := s
	go serve(ctx, next) // want `the goroutine works on ctx, which is cancelled when the caller of \(\*Listener\).Forward returns`
}

func serve(ctx context.Context, s *Session) {
	_, span := tracer.Start(ctx, "serve")
	defer span.End()
	s.name += "!"
}
