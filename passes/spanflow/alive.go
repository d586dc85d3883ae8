package spanflow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// A path on which the span has ended is followed only as long as something can
// still happen to the span. Without that, each of n spans that a function
// starts one after the other would cost a walk to the end of the function.

// alive returns the blocks from which an instruction can be reached that has to
// do with the span of l: that mentions a value which may hold it, or that
// starts it again.
func (f *function) alive(l *life) map[*ssa.BasicBlock]bool {
	touched := make(map[*ssa.BasicBlock]bool)
	touched[l.start.Block()] = true

	seen := make(map[ssa.Value]bool)
	var todo []ssa.Value
	add := func(v ssa.Value) {
		if v != nil && !seen[v] {
			seen[v] = true
			todo = append(todo, v)
		}
	}
	add(l.start)
	withContext := f.borrows() || len(l.span) == 0
	for len(todo) > 0 {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if v.Referrers() == nil {
			continue
		}
		for _, ref := range *v.Referrers() {
			if e, ok := ref.(*ssa.Extract); ok && v == ssa.Value(l.start) && knowledge.IsContext(e.Type()) && !withContext {
				continue
			}
			if ref.Parent() == l.root {
				touched[ref.Block()] = true
			}
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Val == v {
					add(f.Base(ref.Addr))
				}
			case *ssa.MakeClosure:
				add(ref)
				for i, binding := range ref.Bindings {
					if fn := ref.Fn.(*ssa.Function); binding == v && i < len(fn.FreeVars) {
						add(fn.FreeVars[i])
					}
				}
			case ssa.Value:
				add(ref)
			}
		}
	}

	alive := make(map[*ssa.BasicBlock]bool)
	var blocks []*ssa.BasicBlock
	for _, b := range l.root.Blocks { // in order, though the result does not depend on it
		if touched[b] {
			blocks = append(blocks, b)
		}
	}
	again := f.inLoop(l.start.Block())
	for len(blocks) > 0 {
		b := blocks[len(blocks)-1]
		blocks = blocks[:len(blocks)-1]
		if alive[b] {
			continue
		}
		alive[b] = true
		if b != l.start.Block() || again {
			blocks = append(blocks, b.Preds...) // what comes before the start is not asked about
		}
	}
	return alive
}

// borrows reports whether the function takes spans out of contexts.
func (f *function) borrows() bool {
	if f.borrowing == unasked {
		f.borrowing = no
		for _, fn := range f.All {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					if c, ok := instr.(ssa.CallInstruction); ok && f.takesFromContext(c.Common()) {
						f.borrowing = yes
					}
				}
			}
		}
	}
	return f.borrowing == yes
}

func (f *function) takesFromContext(c *ssa.CallCommon) bool {
	fn := ssacode.Callee(c)
	if knowledge.Of(fn).Role == knowledge.BorrowSpan {
		return true
	}
	sum := f.a.summary(fn)
	if sum == nil {
		return false
	}
	for _, r := range sum.Results {
		if r.Kind == Borrowed {
			return true
		}
	}
	for i, arg := range ssacode.Operands(c) {
		if knowledge.IsContext(arg.Type()) && sum.param(i).Effect != Unknown {
			return true
		}
	}
	return false
}

// An answer to a question that is asked at most once.
type answer uint8

const (
	unasked answer = iota
	yes
	no
)

// over reports whether nothing more can happen to the span on a path that
// enters a block: it has ended, or is going to by a deferred call.
func (s *sim) over(p *path, to *ssa.BasicBlock) bool {
	if s.alive == nil || s.onError || len(s.stack) > 1 || s.alive[to] || p.early {
		return false
	}
	switch {
	case s.life.borrowed:
		return len(p.defers) == 0
	case p.status == ended:
		return len(p.defers) == 0
	case p.status == open && len(p.defers) == 1 && s.endsDirectly(p, p.defers[0]):
		s.event(event{kind: endsLife, instr: s.f.instr(p.defers[0].instr), path: p})
		return true
	}
	return false
}

// endsDirectly reports whether a deferred call ends the span and does no more
// to it, as "defer span.End()".
func (s *sim) endsDirectly(p *path, d deferral) bool {
	instr := s.f.instr(d.instr).(*ssa.Defer)
	if d.maybe || s.f.closure(instr.Call.Value) != nil {
		return false
	}
	q, ok := s.runOne(p.clone(), d)
	return ok && q.status == ended
}
