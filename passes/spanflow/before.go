package spanflow

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// What holds when a span starts: the branches that lead there, and the deferred
// calls that stand before it.

// assumeBranches adds what the branches tell that lead to b.
func (f *function) assumeBranches(p *path, b *ssa.BasicBlock) {
	for at, dom := b, b.Idom(); dom != nil; at, dom = dom, dom.Idom() {
		if t, ok := f.cases(at); ok {
			p.learn(t, -1)
		}
		branch, ok := dom.Instrs[len(dom.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cond := f.exprs.condition(branch.Cond)
		for i, t := range []truth{cond, f.exprs.negate(cond)} {
			if succ := dom.Succs[i]; len(succ.Preds) == 1 && succ.Dominates(at) {
				p.learn(t, f.number(branch.Cond))
			}
		}
	}
}

// maxEntries bounds the ways to the start of a span that are told apart.
const maxEntries = 6

// entries returns what is known on each of the ways that lead to b: for the
// body of "if x || y" there are two. Where they become too many, what is known
// on all of them has to do.
func (f *function) entries(b *ssa.BasicBlock) [][]fact {
	type way struct {
		block *ssa.BasicBlock
		facts []fact
	}
	ways := []way{{block: b}}
	for step := 0; step < 64; step++ {
		i := slices.IndexFunc(ways, func(w way) bool { return w.block != nil })
		if i < 0 {
			break
		}
		at := ways[i].block
		var preds []*ssa.BasicBlock
		for _, pred := range at.Preds {
			if !at.Dominates(pred) { // no way back in a loop
				preds = append(preds, pred)
			}
		}
		if len(preds) == 0 || len(ways)+len(preds)-1 > maxEntries {
			p := &path{known: ways[i].facts}
			f.assumeBranches(p, at)
			ways[i] = way{nil, p.known}
			continue
		}
		var more []way
		for _, pred := range preds {
			next := way{pred, slices.Clone(ways[i].facts)}
			if branch, ok := pred.Instrs[len(pred.Instrs)-1].(*ssa.If); ok && pred.Succs[0] != pred.Succs[1] {
				t := f.exprs.condition(branch.Cond)
				if pred.Succs[1] == at {
					t = f.exprs.negate(t)
				}
				switch holds, known := f.exprs.follows(next.facts, t); {
				case !known || holds:
					next.facts = append(next.facts, fact{t, f.number(branch.Cond)})
				case f.exprs.stable(t.expr):
					continue // no run goes this way
				}
				// Otherwise it has changed since, and what is known is younger.
			}
			more = append(more, next)
		}
		ways = slices.Replace(ways, i, i+1, more...)
	}
	all := make([][]fact, len(ways))
	for i, w := range ways {
		all[i] = w.facts
	}
	return all
}

// cases returns what holds in a block that several branches lead to, as the
// body of "case 1, 2:".
func (f *function) cases(b *ssa.BasicBlock) (all truth, ok bool) {
	if len(b.Preds) < 2 {
		return truth{}, false
	}
	for i, pred := range b.Preds {
		branch, isIf := pred.Instrs[len(pred.Instrs)-1].(*ssa.If)
		if !isIf || pred.Succs[0] == pred.Succs[1] {
			return truth{}, false
		}
		t := f.exprs.condition(branch.Cond)
		if pred.Succs[1] == b {
			t = f.exprs.negate(t)
		}
		if i == 0 {
			all = t
		} else if all, ok = f.exprs.either(all, t); !ok {
			return truth{}, false
		}
	}
	return all, ok
}

// pending returns the deferred calls that stand before instr, in order; those
// that may not have run are marked.
func (f *function) pending(instr ssa.Instruction) []deferral {
	at := instr.Block()
	var defers []deferral
	for _, d := range f.deferred(instr.Parent()) {
		b := d.Block()
		switch {
		case b == at && f.numberInstr(d) > f.numberInstr(instr):
		case b.Dominates(at):
			defers = append(defers, deferral{instr: f.numberInstr(d)})
		case reaches(b, at):
			defers = append(defers, deferral{instr: f.numberInstr(d), maybe: true})
		}
	}
	return defers
}

// deferred returns the defer statements of fn that could end a span which starts
// later, in order.
func (f *function) deferred(fn *ssa.Function) []*ssa.Defer {
	defers, ok := f.defers[fn]
	if !ok {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if d, ok := instr.(*ssa.Defer); ok && f.mayEnd(&d.Call) {
					defers = append(defers, d)
				}
			}
		}
		f.defers[fn] = defers
	}
	return defers
}

// mayEnd reports whether a deferred call could end a span that starts later:
// through a variable that it captures.
func (f *function) mayEnd(c *ssa.CallCommon) bool {
	if f.closure(c.Value) != nil {
		return true
	}
	for _, arg := range c.Args {
		if _, pointer := f.Resolve(arg).(*ssa.Alloc); pointer || f.closure(arg) != nil {
			return true
		}
	}
	return false
}
