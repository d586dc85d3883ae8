// Package pool is a worker pool of the team's own.
package pool

import "sync"

// Pool runs functions on a few goroutines.
type Pool struct {
	jobs chan func()
	wg   sync.WaitGroup
}

// New starts the workers.
func New(n int) *Pool {
	p := &Pool{jobs: make(chan func(), 128)}
	for range n {
		p.wg.Go(func() {
			for job := range p.jobs {
				job()
			}
		})
	}
	return p
}

// Submit hands a function to the workers and does not wait for it.
func (p *Pool) Submit(job func()) { p.jobs <- job }

// Close waits.
func (p *Pool) Close() {
	close(p.jobs)
	p.wg.Wait()
}

// Go runs fn in a goroutine that survives a panic.
func Go(fn func()) {
	go func() {
		defer func() { _ = recover() }()
		fn()
	}()
}

// Do runs fn and returns when it is done.
func Do(fn func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		fn()
	}()
	<-done
}
