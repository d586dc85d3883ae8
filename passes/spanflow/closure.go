package spanflow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/flow"
	"github.com/tracevet/tracevet/passes/internal/ssacode"
)

// Closures that are called where they can be seen run as part of the function
// that makes them: called on the spot, through a local variable, or deferred.

// inline takes p through a call of the closure fn, and returns the paths that
// come back from it.
func (s *sim) inline(p *path, instr ssa.CallInstruction, fn *ssa.Function, has cargo) []*path {
	for _, arg := range instr.Common().Args {
		if s.affects(p, arg) {
			return s.handOver(p, instr) // it gets a function that ends the span
		}
	}
	if has.span&^calleeBit == 0 && has.ctx == 0 && !s.touches(p, fn) {
		s.forgetCaptured(p, fn)
		p.worked = true
		return []*path{p}
	}
	if len(fn.Blocks) == 0 || len(s.stack) > maxDepth || slices.Contains(s.stack, fn) {
		return s.handOver(p, instr)
	}
	in := p.clone()
	for i, param := range fn.Params {
		if i >= 62 {
			break
		}
		if has.span&(1<<i) != 0 {
			in.add(hold{s.f.number(param), -1, false})
		}
		if has.ctx&(1<<i) != 0 {
			in.add(hold{s.f.number(param), -1, true})
		}
	}
	outer := in.defers
	in.defers = nil

	var out []*path
	for _, e := range s.enter(fn, in) {
		q := e.path
		q.defers = outer
		q.worked = true
		if q.status == moved {
			continue
		}
		if v := instr.Value(); v != nil {
			n := s.f.number(v)
			single := len(e.instr.(*ssa.Return).Results) == 1
			for _, k := range e.held {
				q.add(hold{n, resultIndex(k, single), false})
			}
			for _, k := range e.ctx {
				q.add(hold{n, resultIndex(k, single), true})
			}
		}
		out = append(out, q)
	}
	return s.compact(out)
}

func resultIndex(k int, single bool) int8 {
	if single {
		return -1
	}
	return int8(k)
}

// enter simulates fn from a state at its entry, and returns its returns. The
// span may have been handed over in it.
func (s *sim) enter(fn *ssa.Function, in *path) []event {
	emit, collect, running := s.emit, s.collect, s.running
	s.stack = append(s.stack, fn)
	defer func() {
		s.stack = s.stack[:len(s.stack)-1]
		s.emit, s.collect, s.running = emit, collect, running
	}()

	s.emit, s.collect = nil, nil
	before, ok := flow.Forward[point, paths](solver{s}, point{fn.Blocks[0], false}, paths{in}, maxVisits)
	if !ok {
		s.failed = true
	}
	if s.failed {
		return nil
	}
	var exits []event
	s.emit = emit
	s.collect = func(e event) { exits = append(exits, e) }
	for _, b := range fn.Blocks {
		if state, ok := before[point{b, false}]; ok {
			s.block(point{b, false}, state, func(point, paths) {})
		}
	}
	return exits
}

// closureReturns is called at the return of a closure.
func (s *sim) closureReturns(e event) {
	if s.collect != nil {
		s.collect(e)
	}
}

// touches reports whether fn captures a variable that holds the span or its
// context.
func (s *sim) touches(p *path, fn *ssa.Function) bool {
	for _, fv := range fn.FreeVars {
		if span, ctx := s.carried(p, fv); span || ctx {
			return true
		}
	}
	return false
}

// forgetCaptured removes what is known of the variables that fn captures,
// which it may have set.
func (s *sim) forgetCaptured(p *path, fn *ssa.Function) {
	for _, fv := range fn.FreeVars {
		p.forgetMemory(s.f.exprs, s.f.exprs.of(fv))
	}
}

// affects reports whether v is a function that would do more to the span than
// use it, if it were called: end it, keep it, or return it. Code that gets
// such a function owns the span.
func (s *sim) affects(p *path, v ssa.Value) bool {
	if p.status != open {
		return false
	}
	if method, recv := s.f.bound(v); method != nil {
		span, _ := s.carried(p, recv)
		return span
	}
	fn := s.f.closure(v)
	if fn == nil || len(fn.Blocks) == 0 || !s.touches(p, fn) {
		return false
	}
	if len(s.stack) > maxDepth || slices.Contains(s.stack, fn) {
		return true
	}
	q := p.clone()
	q.defers = nil
	emit := s.emit
	s.emit = nil
	exits := s.enter(fn, q)
	s.emit = emit
	for _, e := range exits {
		if e.path.status != open || len(e.held) > 0 || !slices.Equal(e.path.cells, p.cells) {
			s.watch(p, fn)
			return true
		}
	}
	return false
}

// watch runs a closure that somebody else is going to call, only for what it
// records on the span after it has ended it itself.
func (s *sim) watch(p *path, fn *ssa.Function) {
	emit := s.emit
	if emit == nil {
		return
	}
	q := p.clone()
	q.defers = nil
	s.emit = func(e event) {
		if e.kind == usedLate {
			emit(e)
		}
	}
	s.enter(fn, q)
	s.emit = emit
}

// endsAlways reports whether calling v, a function, ends the span on every way
// through it.
func (s *sim) endsAlways(p *path, v ssa.Value) bool {
	if method, recv := s.f.bound(v); method != nil {
		span, _ := s.carried(p, recv)
		return span && s.f.a.isEnder(method)
	}
	fn := s.f.closure(v)
	if fn == nil || len(fn.Blocks) == 0 || len(s.stack) > maxDepth || slices.Contains(s.stack, fn) {
		return false
	}
	q := p.clone()
	q.defers = nil
	emit := s.emit
	s.emit = nil
	exits := s.enter(fn, q)
	s.emit = emit
	for _, e := range exits {
		if e.path.status != ended {
			return false
		}
	}
	return len(exits) > 0
}

// postpone is a defer statement: its operands are evaluated now.
func (s *sim) postpone(p *path, instr *ssa.Defer) []*path {
	has := s.live(p, &instr.Call)
	if method, recv := s.f.bound(instr.Call.Value); method != nil {
		if span, _ := s.carried(p, recv); span {
			has.span |= calleeBit
		}
	}
	if isYield(instr.Parent()) {
		// In the body of a range over a function: it runs when the function
		// around the loop returns.
		if has.span != 0 || s.affects(p, instr.Call.Value) {
			s.event(event{kind: defersInLoop, instr: instr, path: p})
			return s.handOver(p, instr)
		}
		return []*path{p}
	}
	d := deferral{instr: s.f.numberInstr(instr), span: has.span, ctx: has.ctx}
	d.ends = s.affects(p, instr.Call.Value)
	if !slices.Contains(p.defers, d) && s.matters(&instr.Call, has) {
		p.defers = append(p.defers, d)
	}
	return []*path{p}
}

// matters reports whether a deferred call can have to do with the span: its
// operands hold it, or it is a closure, or one of its arguments is.
func (s *sim) matters(c *ssa.CallCommon, has cargo) bool {
	if has != (cargo{}) || s.f.closure(c.Value) != nil {
		return true
	}
	return slices.ContainsFunc(c.Args, func(arg ssa.Value) bool {
		_, ok := arg.Type().Underlying().(*types.Signature)
		return ok || s.f.closure(arg) != nil
	})
}

// runDefers runs the pending deferred calls of the function that returns.
func (s *sim) runDefers(p *path) []*path {
	pending := p.defers
	p.defers = nil
	ps := []*path{p}
	for i := len(pending) - 1; i >= 0; i-- {
		var next []*path
		for _, q := range ps {
			next = append(next, s.runDeferral(q, pending[i])...)
		}
		ps = s.compact(next)
	}
	return ps
}

func (s *sim) runDeferral(p *path, d deferral) []*path {
	instr := s.f.instr(d.instr).(*ssa.Defer)
	outer := s.running
	s.running = &d
	defer func() { s.running = outer }()
	has := s.pointees(p, &instr.Call, cargo{d.span, d.ctx})
	if !d.maybe {
		return s.call(p, instr, has)
	}
	emit := s.emit
	s.emit = nil
	for _, q := range s.call(p.clone(), instr, has) {
		if q.status != p.status {
			s.emit = emit
			return s.handOver(p, instr)
		}
	}
	s.emit = emit
	return []*path{p}
}

// pointees adds to what the operands of a deferred call held when they were
// evaluated what the variables that they point to hold now.
func (s *sim) pointees(p *path, c *ssa.CallCommon, has cargo) cargo {
	for i, arg := range ssacode.Operands(c) {
		alloc, ok := s.f.Base(arg).(*ssa.Alloc)
		if !ok || i >= 62 {
			continue
		}
		span, ctx := p.inCell(s.f.number(alloc))
		if span {
			has.span |= 1 << i
		}
		if ctx {
			has.ctx |= 1 << i
		}
	}
	return has
}

// runOne runs a single deferred call, for a look at what it would do.
func (s *sim) runOne(p *path, d deferral) (*path, bool) {
	emit := s.emit
	s.emit = nil
	out := s.runDeferral(p, d)
	s.emit = emit
	if len(out) == 0 {
		return nil, false
	}
	return out[0], true
}
