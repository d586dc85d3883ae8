package lsp

import (
	"sync"
	"time"
)

// patience is how long a run may take before the client is told what it waits for. Most are faster; the
// first one in a module may have to wait for the go command to compile all dependencies.
const patience = time.Second

// A progress tells the client what a run is at, from when it takes long.
type progress struct {
	s     *server
	title string
	timer *time.Timer

	mu    sync.Mutex
	stage string
	token string // empty: not begun
	ended bool
}

// startProgress starts to watch a run. For clients that show no progress it does nothing.
func (s *server) startProgress(module string) *progress {
	p := &progress{s: s, title: "tracevet: " + module}
	s.mu.Lock()
	shows := s.client.Window.WorkDoneProgress
	s.mu.Unlock()
	if shows {
		p.timer = time.AfterFunc(patience, p.begin)
	}
	return p
}

func (p *progress) begin() {
	p.s.mu.Lock()
	token := p.s.nextID()
	p.s.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return
	}
	p.token = token
	p.s.conn.notify(token, "window/workDoneProgress/create", progressParams{Token: token})
	p.send(progressValue{Kind: "begin", Title: p.title, Message: p.stage})
}

// report tells the stage of the run.
func (p *progress) report(stage string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stage = stage
	if p.token != "" && !p.ended {
		p.send(progressValue{Kind: "report", Message: stage})
	}
}

func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	if p.timer != nil {
		p.timer.Stop()
	}
	if p.token != "" {
		p.send(progressValue{Kind: "end"})
	}
}

func (p *progress) send(v progressValue) {
	p.s.conn.notify("", "$/progress", progressParams{p.token, v})
}
