// Package flow solves forward data-flow problems: it finds, for each node of a
// graph, the join over all paths that lead there of what a path does to a
// state.
package flow

import "container/heap"

// A Problem is a forward data-flow problem over nodes N with states S.
//
// For the solver to end, the states that Join makes at one node must form a
// chain of bounded length; a Problem whose chains may be long sets a Limit.
type Problem[N comparable, S any] interface {
	// Flow takes the state before n through n, and calls emit for each
	// successor with the state on the edge to it. A path that ends in n, or
	// that cannot be taken, is not emitted. Flow must not change the state.
	Flow(n N, before S, emit func(succ N, state S))

	// Join returns a state that covers both, and whether it differs from old.
	Join(old, new S) (joined S, changed bool)

	// Order is the position of a node; of the nodes that are to be visited,
	// the first one is next. Reverse postorder is fast, any order is right.
	Order(n N) int
}

// Forward solves p from the entry node and its state. It returns the state
// before each node that is reached, or false if more than limit visits of
// nodes were not enough; limit <= 0 means no limit.
func Forward[N comparable, S any](p Problem[N, S], entry N, initial S, limit int) (before map[N]S, ok bool) {
	before = map[N]S{entry: initial}
	todo := &queue[N]{waiting: map[N]bool{entry: true}, nodes: []N{entry}, order: p.Order}
	for visits := 0; len(todo.nodes) > 0; visits++ {
		if limit > 0 && visits >= limit {
			return nil, false
		}
		n := heap.Pop(todo).(N)
		p.Flow(n, before[n], func(succ N, state S) {
			old, seen := before[succ]
			changed := true
			if seen {
				state, changed = p.Join(old, state)
			}
			if changed {
				before[succ] = state
				todo.add(succ)
			}
		})
	}
	return before, true
}

// A queue holds nodes to visit, each once, the first in order on top.
type queue[N comparable] struct {
	nodes   []N
	waiting map[N]bool
	order   func(N) int
}

func (q *queue[N]) add(n N) {
	if !q.waiting[n] {
		q.waiting[n] = true
		heap.Push(q, n)
	}
}

func (q *queue[N]) Len() int           { return len(q.nodes) }
func (q *queue[N]) Less(i, j int) bool { return q.order(q.nodes[i]) < q.order(q.nodes[j]) }
func (q *queue[N]) Swap(i, j int)      { q.nodes[i], q.nodes[j] = q.nodes[j], q.nodes[i] }
func (q *queue[N]) Push(n any)         { q.nodes = append(q.nodes, n.(N)) }
func (q *queue[N]) Pop() any {
	last := len(q.nodes) - 1
	n := q.nodes[last]
	q.nodes = q.nodes[:last]
	delete(q.waiting, n)
	return n
}
