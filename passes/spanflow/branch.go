package spanflow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Which way does a path take at a branch, and what does it learn from it?

// branch takes each path along the edges that do not contradict it.
func (s *sim) branch(b *ssa.BasicBlock, instr *ssa.If, ps []*path, emit func(point, paths)) {
	x := s.f.exprs
	cond := x.condition(instr.Cond)
	for i, t := range []truth{cond, x.negate(cond)} {
		var taken []*path
		for _, p := range ps {
			if holds, known := s.decide(p, instr.Cond, cond); known && holds != (i == 0) {
				continue
			}
			q := p.clone()
			q.learn(t, s.f.number(instr.Cond))
			if live, asked := s.asksLive(p, instr.Cond); asked && live == (i == 0) && p.status == ended && !s.alwaysOver(p, instr) {
				continue // after its end, a span does not record
			} else if asked && live != (i == 0) {
				q.exempt = true // a span that does not record is not exported anyway
			}
			taken = append(taken, q)
		}
		s.edge(b, i, taken, emit)
	}
}

// decide reports whether a path knows a condition. Besides the facts it has
// learnt, there is the span: it is not nil, since one that is nil is not open.
func (s *sim) decide(p *path, v ssa.Value, cond truth) (holds, known bool) {
	if holds, known = s.f.exprs.follows(p.known, cond); known {
		return holds, true
	}
	positive := true
	for {
		not, ok := v.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		positive = !positive
		v = not.X
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		if v.Op != token.EQL && v.Op != token.NEQ {
			return false, false
		}
		operand := v.X
		if isNil(operand) {
			operand = v.Y
		} else if !isNil(v.Y) {
			return false, false
		}
		if span, _ := s.carried(p, operand); span || neverNil(s.f.Resolve(operand)) {
			return (v.Op == token.NEQ) == positive, true
		}
	case *ssa.Extract:
		// v, ok := span.(T): a span that fails the assertion is not ended by
		// what follows, but whether it can fail is not for us to say.
		if assert, ok := v.Tuple.(*ssa.TypeAssert); ok && v.Index == 1 {
			if span, _ := s.carried(p, assert.X); span {
				return positive, true
			}
		}
	}
	return false, false
}

// asksLive reports whether v asks whether the span records, and which value of
// v means that it does.
func (s *sim) asksLive(p *path, v ssa.Value) (live, asked bool) {
	live = true
	for {
		not, ok := v.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		live = !live
		v = not.X
	}
	c, ok := v.(*ssa.Call)
	return live, ok && s.isLive(p, c)
}

// alwaysOver reports whether the span has ended on every path that gets to a
// branch. Then what asks whether it records cannot tell paths apart, and what is
// done if it does is never done.
func (s *sim) alwaysOver(p *path, branch *ssa.If) bool {
	if p.end == 0 || len(s.stack) > 1 {
		return false
	}
	end := s.f.instr(p.end)
	_, call := end.(*ssa.Call)
	return call && end.Parent() == branch.Parent() && end.Block() != branch.Block() && end.Block().Dominates(branch.Block()) ||
		call && end.Block() == branch.Block()
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

func (s *sim) phis(p *path, to *ssa.BasicBlock, pred int) {
	x := s.f.exprs
	type choice struct {
		phi       int32
		span, ctx bool
		facts     []truth
	}
	var choices []choice
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		operand := phi.Edges[pred]
		c := choice{phi: s.f.number(phi)}
		c.span, c.ctx = s.carried(p, operand)
		if fn := s.f.closure(operand); fn != nil && s.affects(p, operand) {
			c.span = true // one of several functions, of which this one ends the span
		}
		c.facts = s.copied(p, operand, x.of(phi))
		choices = append(choices, c)
	}
	for _, c := range choices {
		p.forget(x, c.phi)
	}
	for _, c := range choices {
		if c.span {
			p.add(hold{c.phi, -1, false})
		}
		if c.ctx {
			p.add(hold{c.phi, -1, true})
		}
		for _, t := range c.facts {
			p.learn(t, -1)
		}
	}
}

// copied returns what is known of v, stated of expression to, which is about
// to get v's value.
func (s *sim) copied(p *path, v ssa.Value, to exprID) []truth {
	x := s.f.exprs
	v = s.f.Resolve(v)
	if c, ok := v.(*ssa.Const); ok {
		if c.Value == nil && !c.IsNil() {
			return nil // the zero value of a struct or the like
		}
		return []truth{{to, x.of(c), true}}
	}
	if span, _ := s.carried(p, v); span || neverNil(v) {
		return []truth{{to, x.null(), false}}
	}
	var facts []truth
	from := x.of(v)
	for _, f := range p.known {
		if f.expr == from {
			facts = append(facts, truth{to, f.value, f.equal})
		}
	}
	// v may be a condition itself, as in ok := err == nil.
	if t := x.condition(v); t.expr != from {
		if holds, known := x.follows(p.known, t); known {
			facts = append(facts, truth{to, x.boolean(holds), true})
		}
	}
	return facts
}
