package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// A Span is a span that a service started, as the probe saw it.
type Span struct {
	Trace, ID, Parent string
	Remote            bool // the parent is another process's
	Name, Kind, Site  string
	Goroutine         string
	Request           int // index of the request during which it started
	Ended, Exported   bool
}

// event is what the probe sends.
type event struct {
	Event               string
	Trace, Span, Parent string
	Remote              bool
	Name, Kind, Site    string
	Goroutine           string
}

// A recorder keeps what the probe in one process tells.
type recorder struct {
	mu      sync.Mutex
	changed *sync.Cond
	ready   bool
	closed  error // io.EOF once the process has gone
	request int   // the one that is being answered
	spans   []*Span
	byID    map[string]*Span
	started map[int]int // by request
	ended   map[int]int
	events  int
}

func newRecorder() *recorder {
	r := &recorder{byID: make(map[string]*Span), started: make(map[int]int), ended: make(map[int]int), request: -1}
	r.changed = sync.NewCond(&r.mu)
	return r
}

// read takes in what the probe sends until it hangs up.
func (r *recorder) read(from io.Reader) {
	dec := json.NewDecoder(from)
	for {
		var e event
		err := dec.Decode(&e)
		r.mu.Lock()
		if err != nil {
			r.closed = err
		} else {
			r.take(e)
		}
		r.changed.Broadcast()
		r.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// take takes in an event. r.mu is held.
func (r *recorder) take(e event) {
	r.events++
	switch e.Event {
	case "ready":
		r.ready = true
	case "start":
		s := &Span{
			Trace: e.Trace, ID: e.Span, Parent: e.Parent, Remote: e.Remote, Name: e.Name, Kind: e.Kind,
			Site: e.Site, Goroutine: e.Goroutine, Request: r.request,
		}
		r.spans = append(r.spans, s)
		r.byID[e.Span] = s
		r.started[s.Request]++
	case "end":
		if s := r.byID[e.Span]; s != nil {
			s.Ended, s.Name = true, e.Name // which may have been set late
			r.ended[s.Request]++
		}
	}
}

var errLate = errors.New("it takes too long")

// wait returns when done says so, or with an error once the process has gone or
// expired is closed. done is called with r.mu held.
func (r *recorder) wait(expired <-chan struct{}, done func() bool) error {
	stop := make(chan struct{})
	defer close(stop)
	late := false
	go func() {
		select {
		case <-expired:
			r.mu.Lock()
			late = true
			r.changed.Broadcast()
			r.mu.Unlock()
		case <-stop:
		}
	}()
	r.mu.Lock()
	defer r.mu.Unlock()
	for !done() {
		if r.closed != nil {
			return fmt.Errorf("the process has gone: %w", r.closed)
		}
		if late {
			return errLate
		}
		r.changed.Wait()
	}
	return nil
}

// exported marks the spans with these ids as having arrived at a collector.
func (r *recorder) exported(ids []string) {
	for _, id := range ids {
		if s := r.byID[id]; s != nil {
			s.Exported = true
		}
	}
}
