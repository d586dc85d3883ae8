package jobs

import "sync"

// Queue runs what need not be done before a request is answered.
type Queue struct {
	tasks   chan func()
	workers sync.WaitGroup
}

// NewQueue returns a Queue with that many workers.
func NewQueue(workers int) *Queue {
	q := &Queue{tasks: make(chan func(), 64)}
	for range workers {
		q.workers.Go(func() {
			for task := range q.tasks {
				task()
			}
		})
	}
	return q
}

// Submit hands a task to the workers.
func (q *Queue) Submit(task func()) { q.tasks <- task }

// Close waits for the tasks that were submitted. There must be no more.
func (q *Queue) Close() {
	close(q.tasks)
	q.workers.Wait()
}
