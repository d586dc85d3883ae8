// Package innocent_collected starts goroutines on the caller's context that somebody
// waits for by way of the receiver.
package innocent_collected

import (
	"context"
	"sync"

	"go.opentelemetry.io/otel"
)

var tracer = otel.Tracer("collected")

// A Job is to be done.
type Job struct{ Name string }

func (j Job) do(ctx context.Context) error {
	_, span := tracer.Start(ctx, "Job.do")
	defer span.End()
	return nil
}

// A Pool shares jobs out, and collects what becomes of them.
type Pool struct{ results chan error }

// All shares the jobs out, and another method waits for them.
func (p *Pool) All(ctx context.Context, jobs []Job) error {
	for _, job := range jobs {
		go p.one(ctx, job)
	}
	return p.collect(len(jobs))
}

func (p *Pool) one(ctx context.Context, job Job) { p.results <- job.do(ctx) }

func (p *Pool) collect(n int) error {
	var first error
	for range n {
		if err := <-p.results; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// A Runner is called again and again with the context of the program, by who runs it.
type Runner struct {
	slots   chan struct{}
	running sync.Map
	jobs    func() []Job
}

// Run starts what is to be done, as far as there are slots: these are the runner's, and
// so is the work.
func (r *Runner) Run(ctx context.Context) error {
	for _, job := range r.jobs() {
		r.slots <- struct{}{}
		go func(job Job) {
			defer func() { <-r.slots }()
			_ = job.do(ctx)
		}(job)
	}
	return nil
}

// Leave leaves a job behind: the method that is called after it waits for nothing.
func (p *Pool) Leave(ctx context.Context, job Job) int {
	go p.lone(ctx, job) // want `the goroutine works on ctx, which is cancelled when the caller of \(\*Pool\)\.Leave returns`
	return p.size()
}

func (p *Pool) lone(ctx context.Context, job Job) { _ = job.do(ctx) }

func (p *Pool) size() int { return cap(p.results) }
