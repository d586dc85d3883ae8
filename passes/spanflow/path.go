package spanflow

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
)

// A status is what has become of the span on a path.
type status uint8

const (
	open  status = iota
	ended        // End was called
	moved        // somebody else owns it: nothing more can be said
)

// A path stands for all ways through a function, up to some point, on which
// the same happened to the span. Paths are not changed once they are shared;
// an instruction works on a clone.
type path struct {
	status status
	// end is the number of the instruction that ended the span, and endIn of
	// the deferred call in which that happened; 0 if in none.
	end   int32
	endIn int32
	// early: the span was ended by the very next call after its start.
	early bool
	// exempt: that the span is open here is no fault, or not certain.
	exempt bool
	// replaced is the number of the instruction that gave the variable another
	// value while the span was open; 0 if none did.
	replaced int32
	// verdicts are of errors; see errors.go.
	verdicts
	// entry tells apart the ways that lead to the start of the span.
	entry int
	// cells are the variables in memory (captured by closures, or structs) in
	// which the span or its context is, by the number of their Alloc.
	cells []cell
	// defers are the pending deferred calls that matter, in order.
	defers []deferral

	// The following does not tell paths apart: where they meet, it is joined.

	// worked: something was called since the start.
	worked bool
	// stored: a context that carries the span was put where other functions
	// find it, such as the request of a web framework.
	stored bool
	// served: after that, something was called for the request: this function
	// is a middleware around it, and not a hook that another one completes.
	served bool

	holds []hold      // values that hold the span or its context
	known []fact      // what branches and stores told
	vias  []token.Pos // continue statements on the way, for the message
}

// A hold says that a value, or one result of a call, holds the span, or (ctx)
// is a context that carries it.
type hold struct {
	value  int32
	result int8 // -1 for the value itself
	ctx    bool
}

// A cell is a variable in memory that holds the span or its context.
type cell struct {
	alloc int32
	ctx   bool
}

// A deferral is a deferred call, with what its arguments held when the defer
// statement ran.
type deferral struct {
	instr int32
	span  uint64 // bit i: argument i holds the span; bit 63: the function value does
	ctx   uint64
	ends  bool // it is a closure that would end the span, as things stood then
	maybe bool // it stands before the start of the span, and may not have run
}

func (p *path) clone() *path {
	dup := *p
	dup.cells = slices.Clone(p.cells)
	dup.defers = slices.Clone(p.defers)
	dup.holds = slices.Clone(p.holds)
	dup.known = slices.Clone(p.known)
	dup.vias = slices.Clone(p.vias)
	return &dup
}

func (p *path) add(h hold) {
	if i, found := slices.BinarySearchFunc(p.holds, h, compareHolds); !found {
		p.holds = slices.Insert(p.holds, i, h)
	}
}

func compareHolds(a, b hold) int {
	return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.result, b.result), compareBools(a.ctx, b.ctx))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// held returns whether the value (or its result) holds the span, or its context.
func (p *path) held(value int32, result int8) (span, ctx bool) {
	for _, h := range p.holds {
		if h.value == value && h.result == result {
			if h.ctx {
				ctx = true
			} else {
				span = true
			}
		}
	}
	return span, ctx
}

func (p *path) inCell(alloc int32) (span, ctx bool) {
	for _, c := range p.cells {
		if c.alloc == alloc {
			if c.ctx {
				ctx = true
			} else {
				span = true
			}
		}
	}
	return span, ctx
}

func (p *path) addCell(c cell) {
	i, found := slices.BinarySearchFunc(p.cells, c, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.alloc, b.alloc), compareBools(a.ctx, b.ctx))
	})
	if !found {
		p.cells = slices.Insert(p.cells, i, c)
	}
}

func (p *path) dropCell(alloc int32) {
	p.cells = slices.DeleteFunc(p.cells, func(c cell) bool { return c.alloc == alloc })
}

// key tells apart the paths on which different things happened.
func (p *path) key() string {
	key := fmt.Sprint(p.status, p.endIn, p.early, p.exempt, p.entry, p.replaced, p.cells, p.defers)
	if p.verdicts != (verdicts{}) {
		key += fmt.Sprint(p.verdicts)
	}
	return key
}

// paths are all paths that reach a point, sorted by key, one for each key.
type paths []*path

// maxPaths bounds the number of kinds of paths at one point. Beyond it, the
// span is given up, and nothing is said about it.
const maxPaths = 48

// join adds the paths of more to ps, which it does not change.
func (ps paths) join(x *exprs, more paths) (joined paths, changed bool) {
	joined = ps
	for _, p := range more {
		key := p.key()
		i, found := slices.BinarySearchFunc(joined, key, func(q *path, key string) int { return cmp.Compare(q.key(), key) })
		if !found {
			joined = slices.Insert(slices.Clone(joined), i, p)
			changed = true
			continue
		}
		if merged, differs := joined[i].merge(x, p); differs {
			joined = slices.Clone(joined)
			joined[i] = merged
			changed = true
		}
	}
	return joined, changed
}

// merge returns a path that stands for p and q, which have the same key: what
// holds the span on either, what is known on both.
func (p *path) merge(x *exprs, q *path) (merged *path, differs bool) {
	m := p.clone()
	for _, h := range q.holds {
		m.add(h)
	}
	m.known = nil
	for _, f := range p.known {
		if slices.Contains(q.known, f) {
			m.known = append(m.known, f)
			continue
		}
		for _, g := range q.known {
			if t, ok := x.either(f.truth, g.truth); ok {
				m.learn(t, -1)
				break
			}
		}
	}
	for _, via := range q.vias {
		m.addVia(via)
	}
	m.end = min(p.end, q.end)
	m.worked = p.worked || q.worked
	m.stored = p.stored || q.stored
	m.served = (p.served || !p.stored) && (q.served || !q.stored) && m.stored
	differs = m.worked != p.worked || m.stored != p.stored || m.served != p.served || len(m.holds) != len(p.holds) || !slices.Equal(m.known, p.known) || len(m.vias) != len(p.vias) || m.end != p.end
	return m, differs
}

func (p *path) addVia(pos token.Pos) {
	if i, found := slices.BinarySearch(p.vias, pos); !found {
		p.vias = slices.Insert(p.vias, i, pos)
	}
}

// forget removes what was learnt from instruction n, or depends on it, since
// it is executed (again), and what its result held.
func (p *path) forget(x *exprs, n int32) {
	p.known = slices.DeleteFunc(p.known, func(f fact) bool {
		return f.origin == n || x.dependsOn(f.expr, n)
	})
	p.holds = slices.DeleteFunc(p.holds, func(h hold) bool { return h.value == n })
}

// forgetMemory removes what depends on the memory at addr.
func (p *path) forgetMemory(x *exprs, addr exprID) {
	p.known = slices.DeleteFunc(p.known, func(f fact) bool { return x.loads(f.expr, addr) })
}

// learn adds t, learnt at instruction origin.
func (p *path) learn(t truth, origin int32) {
	f := fact{t, origin}
	if !slices.Contains(p.known, f) {
		p.known = append(p.known, f)
	}
}
