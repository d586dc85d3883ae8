package spanflow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// exec takes p through one instruction, and returns the paths that go on:
// none if the path ends here or nothing more is to be said of it.
func (s *sim) exec(instr ssa.Instruction, p *path) []*path {
	if instr == ssa.Instruction(s.life.start) {
		s.again(p)
		return nil
	}
	n := int32(-1)
	if v, ok := instr.(ssa.Value); ok {
		n = s.f.number(v)
		p.forget(s.f.exprs, n)
	}
	switch instr := instr.(type) {
	case *ssa.Alloc:
		p.dropCell(n) // a new variable of that name
	case *ssa.UnOp:
		if instr.Op == token.MUL {
			s.load(p, n, instr)
		} else if instr.Op == token.ARROW {
			p.worked = true
		}
	case *ssa.Store:
		return s.store(p, instr)
	case *ssa.MakeInterface:
		s.alias(p, n, instr.X)
	case *ssa.ChangeInterface:
		s.alias(p, n, instr.X)
	case *ssa.ChangeType:
		s.alias(p, n, instr.X)
	case *ssa.Convert:
		if types.Identical(instr.Type().Underlying(), types.Typ[types.UnsafePointer]) {
			return s.giveAway(p, instr, instr.X) // under any type it may come back
		}
	case *ssa.Slice:
		s.alias(p, n, instr.X)
	case *ssa.TypeAssert:
		if instr.CommaOk {
			s.aliasResult(p, n, 0, instr.X)
		} else {
			s.alias(p, n, instr.X)
		}
	case *ssa.Field:
		if span, ctx := s.carried(p, instr.X); span && s.f.a.canHold(instr.Type()) || ctx && knowledge.IsContext(instr.Type()) {
			p.add(hold{n, -1, !span})
		}
	case *ssa.Extract:
		s.extract(p, n, instr)
	case *ssa.MapUpdate:
		return s.giveAway(p, instr, instr.Key, instr.Value)
	case *ssa.Send:
		return s.giveAway(p, instr, instr.X)
	case *ssa.Select:
		var sent []ssa.Value
		for _, st := range instr.States {
			if st.Send != nil {
				sent = append(sent, st.Send)
			}
		}
		return s.giveAway(p, instr, sent...)
	case *ssa.Call:
		return s.call(p, instr, s.live(p, &instr.Call))
	case *ssa.Go:
		return s.spawn(p, instr)
	case *ssa.Defer:
		return s.postpone(p, instr)
	case *ssa.RunDefers:
		return s.runDefers(p)
	case *ssa.Return:
		s.ret(p, instr)
		return nil
	case *ssa.Panic:
		s.panics(p, instr)
		return nil
	case *ssa.DebugRef:
		s.assigned(p, instr)
	}
	return []*path{p}
}

// assigned notices that the variable of the span gets another value.
func (s *sim) assigned(p *path, instr *ssa.DebugRef) {
	if p.status != open || p.replaced != 0 || s.life.start == nil || instr.IsAddr || !s.f.assigns(s.life, instr) {
		return
	}
	if span, _ := s.carried(p, instr.X); !span {
		p.replaced = s.f.numberInstr(instr)
	}
}

func (s *sim) alias(p *path, n int32, from ssa.Value) { s.aliasResult(p, n, -1, from) }

func (s *sim) aliasResult(p *path, n int32, result int8, from ssa.Value) {
	span, ctx := s.carried(p, from)
	if span {
		p.add(hold{n, result, false})
	}
	if ctx {
		p.add(hold{n, result, true})
	}
}

// carried reports whether v holds the span, or is a context that carries it. A
// pointer to a variable, or to a field of one, holds what the variable does.
func (s *sim) carried(p *path, v ssa.Value) (span, ctx bool) {
	v = s.f.Resolve(v)
	switch v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Builtin, *ssa.Global:
		return false, false
	case *ssa.Alloc:
		return p.inCell(s.f.number(v))
	}
	span, ctx = p.held(s.f.number(v), -1)
	if !span && !ctx {
		if base := s.f.Base(v); base != v {
			span, ctx = s.carried(p, base)
			span = span && s.f.a.canHold(v.Type())
		}
	}
	return span, ctx
}

func (s *sim) load(p *path, n int32, instr *ssa.UnOp) {
	span, ctx := s.carried(p, instr.X)
	_, whole := s.f.Resolve(instr.X).(*ssa.Alloc)
	if span && (whole || s.f.a.canHold(instr.Type())) {
		p.add(hold{n, -1, false})
	}
	if _, stored := p.inCell(slot(s.f.exprs.of(instr.X))); ctx || stored {
		p.add(hold{n, -1, true})
	}
}

func (s *sim) store(p *path, instr *ssa.Store) []*path {
	x := s.f.exprs
	addr := s.f.Resolve(instr.Addr)
	at := x.of(addr)
	content := x.compose("load", []exprID{at}, at)
	facts := s.copied(p, instr.Val, content)
	span, ctx := s.carried(p, instr.Val)
	p.forgetMemory(x, at)
	for _, t := range facts {
		p.learn(t, -1)
	}

	base := s.f.Base(addr)
	if _, element := addr.(*ssa.IndexAddr); element && span {
		return s.handOver(p, instr) // which element is ended when, is not followed
	}
	alloc, local := base.(*ssa.Alloc)
	local = local && s.isLocal(alloc) && !s.f.escapes(alloc, s.life.start)
	whole := base == addr
	if span && s.f.a.isLost(s.f.field(addr)) {
		return []*path{p} // nobody will ever end it there
	}
	if local {
		n := s.f.number(alloc)
		if whole {
			p.dropCell(n)
		}
		if (!whole || len(s.f.stores[alloc]) > 1) && s.affects(p, instr.Val) {
			span = true // a function that ends the span, in a field, or one of several
		}
		if span {
			p.addCell(cell{n, false})
		}
		if ctx {
			p.addCell(cell{n, true})
		}
		return []*path{p}
	}
	if into, _ := s.carried(p, base); into && !whole {
		return []*path{p} // back into the struct that holds it
	}
	if span || s.affects(p, instr.Val) {
		return s.handOver(p, instr)
	}
	p.dropCell(slot(at))
	if ctx {
		p.stored = true
		p.addCell(cell{slot(at), true})
	}
	return []*path{p}
}

// slot is the number of a place in memory that is no variable of the function,
// such as a field of a parameter, among the cells.
func slot(addr exprID) int32 { return -1 - int32(addr) }

// isLocal reports whether a variable belongs to the function that is
// simulated, or to a closure that runs within it.
func (s *sim) isLocal(alloc *ssa.Alloc) bool {
	for _, fn := range s.stack {
		if alloc.Parent() == fn {
			return true
		}
	}
	return false
}

func (s *sim) extract(p *path, n int32, instr *ssa.Extract) {
	span, ctx := p.held(s.f.number(instr.Tuple), int8(instr.Index))
	if span {
		p.add(hold{n, -1, false})
	}
	if ctx {
		p.add(hold{n, -1, true})
	}
	if s.life.start == nil || instr.Tuple != ssa.Value(s.life.start) {
		return
	}
	// What came with the span: there is one only if the error is nil, or the
	// boolean true.
	x := s.f.exprs
	switch t := instr.Type(); {
	case isError(t):
		p.learn(truth{x.of(instr), x.null(), true}, -1)
	case types.Identical(t.Underlying(), types.Typ[types.Bool]):
		p.learn(truth{x.of(instr), x.boolean(true), true}, -1)
	}
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// giveAway is for instructions that put values where others find them.
func (s *sim) giveAway(p *path, instr ssa.Instruction, values ...ssa.Value) []*path {
	for _, v := range values {
		span, ctx := s.carried(p, v)
		if span || s.affects(p, v) {
			return s.handOver(p, instr)
		}
		if ctx {
			p.stored = true
		}
	}
	return []*path{p}
}

// handOver ends what can be said of a path: the span has another owner. One
// that was ended before stays what it is.
func (s *sim) handOver(p *path, instr ssa.Instruction) []*path {
	if p.status != open || s.lent && givesByValue(s.f, instr) {
		return []*path{p}
	}
	s.event(event{kind: handsOver, instr: instr, path: p})
	p.status = moved
	if len(s.stack) > 1 {
		return []*path{p} // in a closure: its caller looks at the status
	}
	return nil
}

func (s *sim) end(p *path, instr ssa.Instruction) {
	s.event(event{kind: endsLife, instr: instr, path: p})
	if p.status != open {
		return
	}
	p.status = ended
	p.end = s.f.numberInstr(instr)
	if s.running != nil {
		p.endIn = s.running.instr
	}
	p.early = !p.worked && s.running == nil && s.life.start != nil && instr.Block() == s.life.start.Block()
}

func (s *sim) event(e event) {
	if s.emit != nil {
		s.emit(e)
	}
}

// again is called where a loop comes back to the start of the span.
func (s *sim) again(p *path) {
	if p.status != open {
		return
	}
	s.iterate(p)
}

// iterate is called where an iteration ends while the span is open, and nobody
// can end it in another one.
func (s *sim) iterate(p *path) {
	if d, pending := s.pendingEnd(p); pending {
		if !d.maybe {
			s.event(event{kind: defersInLoop, instr: s.f.instr(d.instr), path: p})
		}
		return
	}
	s.event(event{kind: leaks, leak: NextIteration, instr: s.life.start, path: p})
}

// pendingEnd returns the deferred call that is going to end the span, or to
// hand it over, if there is one.
func (s *sim) pendingEnd(p *path) (deferral, bool) {
	for i := len(p.defers) - 1; i >= 0; i-- {
		d := p.defers[i]
		if d.ends {
			return d, true
		}
		q, ok := s.runOne(p.clone(), d)
		if !ok {
			d.maybe = true
			return d, true
		}
		if q.status != open {
			return d, true
		}
	}
	return deferral{}, false
}

// ret is called at a return, of the function or of a closure in it.
func (s *sim) ret(p *path, instr *ssa.Return) {
	e := event{kind: returns, instr: instr, path: p}
	for k, v := range instr.Results {
		if fn := s.f.closure(v); fn != nil && p.early && p.status == ended && s.touches(p, fn) {
			// Work that is done in the context later.
			s.event(event{kind: endedEarly, instr: s.f.instr(p.end), path: p, later: true})
		}
		span, ctx := s.carried(p, v)
		if span || s.affects(p, v) {
			e.held = append(e.held, k)
		}
		if ctx {
			e.ctx = append(e.ctx, k)
		}
	}
	if len(s.stack) > 1 {
		s.closureReturns(e)
		return
	}
	s.event(e)
	if p.status == open && len(e.held) == 0 {
		s.event(event{kind: leaks, leak: Returns, instr: instr, path: p, ctx: e.ctx})
	}
}

// panics is called at a panic. Only in a function that recovers is it a way
// out that leaves the span open: if the program dies, so does the span.
func (s *sim) panics(p *path, instr *ssa.Panic) {
	fn := instr.Parent()
	recovered := fn.Recover != nil && s.f.recovers() || isAbort(instr.X)
	if len(s.stack) > 1 || s.f.isNoReturn(instr) || !recovered {
		return
	}
	s.panicking = true
	defer func() { s.panicking = false }()
	for _, q := range s.runDefers(p) {
		if q.status == open {
			s.event(event{kind: leaks, leak: Panics, instr: instr, path: q})
		}
	}
}

// isAbort reports whether v is a value that a server recovers from.
func isAbort(v ssa.Value) bool {
	for {
		switch w := v.(type) {
		case *ssa.ChangeInterface:
			v = w.X
			continue
		case *ssa.MakeInterface:
			v = w.X
			continue
		case *ssa.UnOp:
			if g, ok := w.X.(*ssa.Global); ok {
				obj, _ := g.Object().(*types.Var)
				return knowledge.IsAbort(obj)
			}
		}
		return false
	}
}
