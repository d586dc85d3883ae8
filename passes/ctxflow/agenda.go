package ctxflow

import (
	"cmp"
	"container/heap"
)

// What functions do with their parameters is found by looking at all uses again
// and again, in source order, until nothing changes. An agenda does the same but
// for those looks that cannot change anything: after the first round, it is only
// those uses that are looked at, which are arguments for a parameter of which
// more has become known.

// propagate calls look for each use, which tells whether more has become known of
// the parameter that the use's context comes from, until nothing more has.
func (r *Result) propagate(look func(u *Use) bool) {
	a := agenda{queued: make([]bool, len(r.uses))}
	visit := func(i int) {
		if !look(r.uses[i]) {
			return
		}
		if p, ok := r.params[r.uses[i].Origin.Source]; ok {
			for _, j := range r.arguments[p] {
				a.add(i, j)
			}
		}
	}
	for i := range r.uses {
		visit(i)
	}
	for len(a.turns) > 0 {
		t := heap.Pop(&a).(turn)
		a.queued[t.use] = false
		a.round = t.round
		visit(t.use)
	}
}

// findArguments finds the uses that are arguments for each parameter of the package.
func (r *Result) findArguments() {
	r.arguments = make(map[param][]int)
	for i, u := range r.uses {
		if u.callee != nil && r.summaries[u.callee.fn] != nil {
			r.arguments[*u.callee] = append(r.arguments[*u.callee], i)
		}
		for _, impl := range u.impls {
			if r.summaries[impl.fn] != nil {
				r.arguments[impl] = append(r.arguments[impl], i)
			}
		}
	}
}

// A turn is a look at a use in a round.
type turn struct{ round, use int }

// An agenda is a heap of turns.
type agenda struct {
	turns  []turn
	queued []bool // by use
	round  int    // that goes on
}

// add puts down a look at use j for something that a look at use i has shown: in
// the round that goes on if j comes behind i, else in the next one.
func (a *agenda) add(i, j int) {
	if a.queued[j] || a.round == 0 && j > i { // the first round looks at all
		return
	}
	a.queued[j] = true
	round := a.round
	if j <= i {
		round++
	}
	heap.Push(a, turn{round, j})
}

func (a *agenda) Len() int { return len(a.turns) }
func (a *agenda) Less(i, j int) bool {
	x, y := a.turns[i], a.turns[j]
	return cmp.Or(cmp.Compare(x.round, y.round), cmp.Compare(x.use, y.use)) < 0
}
func (a *agenda) Swap(i, j int) { a.turns[i], a.turns[j] = a.turns[j], a.turns[i] }
func (a *agenda) Push(x any)    { a.turns = append(a.turns, x.(turn)) }
func (a *agenda) Pop() any {
	last := len(a.turns) - 1
	x := a.turns[last]
	a.turns = a.turns[:last]
	return x
}
