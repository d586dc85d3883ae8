package spanflow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// A cargo says what the operands of a call hold: bit i is for argument i, the
// receiver being argument 0; calleeBit is for the function value.
type cargo struct{ span, ctx uint64 }

const calleeBit = 1 << 63

// live returns what the operands hold on p now.
func (s *sim) live(p *path, c *ssa.CallCommon) cargo {
	var has cargo
	for i, arg := range ssacode.Operands(c) {
		if i == 62 {
			break
		}
		span, ctx := s.carried(p, arg)
		if span {
			has.span |= 1 << i
		}
		if ctx {
			has.ctx |= 1 << i
		}
	}
	if !c.IsInvoke() {
		if span, _ := s.carried(p, c.Value); span {
			has.span |= calleeBit
		}
	}
	return has
}

// call takes p through a call whose operands hold has.
func (s *sim) call(p *path, instr ssa.CallInstruction, has cargo) []*path {
	c := instr.Common()
	if builtin, ok := c.Value.(*ssa.Builtin); ok {
		if v := instr.Value(); v != nil && builtin.Name() == "recover" {
			// It returns nil, unless the function panics.
			x := s.f.exprs
			p.learn(truth{x.of(v), x.null(), !s.panicking}, -1)
		}
		if has.span != 0 { // append, copy
			return s.handOver(p, instr)
		}
		return []*path{p}
	}
	if fn := s.f.closure(c.Value); fn != nil && !c.IsInvoke() {
		return s.inline(p, instr, fn, has)
	}
	if method, recv := s.f.bound(c.Value); method != nil {
		// f := span.End; f()
		if span, _ := s.carried(p, recv); span || has.span&calleeBit != 0 {
			return s.method(p, instr, method, cargo{span: 1})
		}
	}
	if has.span&calleeBit != 0 {
		if slices.Contains(s.life.ends, CallItself) {
			s.end(p, instr)
			return []*path{p}
		}
		return s.handOver(p, instr)
	}
	fn := ssacode.Callee(c)
	s.watchCall(p, instr, fn, has)
	out := s.effects(p, instr, fn, has)
	for _, q := range out {
		s.results(q, instr, fn, has)
		if !isQuiet(fn) {
			q.worked = true
		}
		if mayExit(fn) {
			q.exempt = true
		}
	}
	return out
}

// isQuiet reports whether calling fn is no work: it only handles contexts.
func isQuiet(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "context" ||
		knowledge.Of(fn).Role == knowledge.InjectContext
}

// mayExit reports whether fn is a method of a logger that logs and then ends
// the program, as far as its name tells: that of an interface has no body to
// see, and in "log.Fatal().Msg(text)" another method does it.
func mayExit(fn *types.Func) bool {
	return fn != nil && (strings.HasPrefix(fn.Name(), "Fatal") || strings.HasPrefix(fn.Name(), "Panic"))
}

// effects applies what fn does to the span in its operands.
func (s *sim) effects(p *path, instr ssa.CallInstruction, fn *types.Func, has cargo) []*path {
	c := instr.Common()
	role := knowledge.Of(fn).Role
	if role != knowledge.None && has.span&1 != 0 {
		switch role {
		case knowledge.EndSpan, knowledge.RecordSpan, knowledge.ReadSpan, knowledge.LiveSpan:
			return s.method(p, instr, fn, has)
		}
	}
	if role == knowledge.PutSpan || role == knowledge.BorrowSpan || role == knowledge.LookAt {
		return []*path{p}
	}
	if c.IsInvoke() && has.span&1 != 0 {
		if out := s.method(p, instr, fn, has); len(out) == 0 || p.status == moved {
			return out
		}
		has.span &^= 1
	}
	if role == knowledge.StoreContext && has.ctx != 0 {
		p.stored = true
	} else if p.stored && !p.served {
		p.served = slices.ContainsFunc(ssacode.Operands(c), func(v ssa.Value) bool { return knowledge.IsRequest(v.Type()) })
	}
	sum := s.f.a.summary(fn)
	if p.early && p.status == ended && has.ctx != 0 && role != knowledge.StartSpan && !isQuiet(fn) {
		s.event(event{kind: endedEarly, instr: s.f.instr(p.end), path: p})
	}
	for i, arg := range ssacode.Operands(c) {
		bit := uint64(1) << min(i, 62)
		param := sum.param(i)
		if has.span&bit != 0 {
			if q := s.given(p, instr, param, arg); len(q) == 0 {
				return nil
			}
		}
		if has.ctx&bit != 0 {
			switch param.Effect {
			case Ends:
				s.end(p, instr)
			case MayEnd:
				return s.handOver(p, instr)
			}
		}
		if has.span&bit == 0 && s.affects(p, arg) {
			return s.handOver(p, instr)
		}
	}
	return []*path{p}
}

// given applies what a function does with the span that one of its parameters
// is given.
func (s *sim) given(p *path, instr ssa.CallInstruction, param Param, arg ssa.Value) []*path {
	for _, m := range param.Calls {
		if slices.Contains(s.life.ends, m) || s.life.lib && knowledge.SpanMethod(m) == knowledge.EndSpan {
			s.end(p, instr)
			return []*path{p}
		}
	}
	own := types.IsInterface(arg.Type()) && knowledge.SpanEnders(arg.Type()) == nil
	switch {
	case param.Effect == Ends:
		s.end(p, instr)
	case own:
		// It may call, on some path, the very method that ends the span.
		return s.handOver(p, instr)
	case param.Effect == Keeps, param.To > 0:
	default:
		return s.handOver(p, instr)
	}
	return []*path{p}
}

// method applies a method of a value that holds the span: one of a known API,
// or, by its name, one of an interface of the user's own.
func (s *sim) method(p *path, instr ssa.CallInstruction, fn *types.Func, has cargo) []*path {
	role := knowledge.Of(fn).Role
	if role == knowledge.None {
		switch name := fn.Name(); {
		case slices.Contains(s.life.ends, name):
			role = knowledge.EndSpan
		case slices.Contains(s.life.may, name):
			return s.handOver(p, instr)
		case s.life.lib:
			role = knowledge.SpanMethod(name)
		}
	}
	s.watchMethod(p, instr, fn)
	switch role {
	case knowledge.EndSpan:
		s.end(p, instr)
	case knowledge.RecordSpan:
		if p.status == ended {
			late := event{kind: usedLate, instr: instr, path: p}
			late.deferred = s.running != nil && p.endIn != 0 && p.endIn != s.running.instr
			s.event(late)
		}
	}
	if v := instr.Value(); v != nil {
		// A fluent interface: the result is the receiver again.
		if types.Identical(v.Type(), ssacode.Operands(instr.Common())[0].Type()) {
			p.add(hold{s.f.number(v), -1, false})
		}
		p.worked = true
	}
	return []*path{p}
}

// results adds what the results of a call hold.
func (s *sim) results(p *path, instr ssa.CallInstruction, fn *types.Func, has cargo) {
	v := instr.Value()
	if v == nil {
		return // deferred
	}
	n := s.f.number(v)
	know := knowledge.Of(fn)
	sum := s.f.a.summary(fn)
	single := fn == nil || fn.Signature().Results().Len() == 1
	index := func(k int) int8 {
		if single {
			return -1
		}
		return int8(k)
	}
	switch know.Role {
	case knowledge.StartSpan:
		return // its context carries the new span
	case knowledge.PutSpan:
		if has.span&(1<<know.Span) != 0 {
			p.add(hold{n, -1, true})
		}
		return
	case knowledge.BorrowSpan:
		if has.ctx != 0 {
			p.add(hold{n, index(know.Span), false})
			s.markAliased(v)
		}
		return
	case knowledge.RequestContext:
		if has.ctx&1 != 0 {
			p.add(hold{n, -1, true})
		}
		return
	case knowledge.CarryContext:
		if has.ctx&^1 != 0 {
			p.add(hold{n, -1, true})
		}
		return
	}
	for i := range ssacode.Operands(instr.Common()) {
		if param := sum.param(i); param.To > 0 {
			bit := uint64(1) << min(i, 62)
			if has.span&bit != 0 {
				p.add(hold{n, index(int(param.To) - 1), false})
			}
		}
	}
	if has.ctx == 0 {
		return
	}
	// A context made from one that carries the span carries it too, unless it
	// carries a new one.
	for k, t := range resultTypes(instr.Common()) {
		switch r := sum.result(k); {
		case r.Kind == Borrowed:
			p.add(hold{n, index(k), false})
			s.markAliased(v)
		case knowledge.IsContext(t) && r.Kind == Nothing:
			p.add(hold{n, index(k), true})
		}
	}
}

func resultTypes(c *ssa.CallCommon) []types.Type {
	var ts []types.Type
	for v := range c.Signature().Results().Variables() {
		ts = append(ts, v.Type())
	}
	return ts
}

// spawn is a go statement: who runs in it owns what it is given.
func (s *sim) spawn(p *path, instr *ssa.Go) []*path {
	has := s.live(p, &instr.Call)
	if has.span != 0 || s.affects(p, instr.Call.Value) {
		return s.handOver(p, instr)
	}
	if method, recv := s.f.bound(instr.Call.Value); method != nil {
		if span, _ := s.carried(p, recv); span {
			return s.handOver(p, instr)
		}
	}
	for _, arg := range instr.Call.Args {
		if s.affects(p, arg) {
			return s.handOver(p, instr)
		}
	}
	p.worked = true
	return []*path{p}
}

// isLive reports whether call asks whether the span records, directly or of
// its span context.
func (s *sim) isLive(p *path, call *ssa.Call) bool {
	fn := ssacode.Callee(&call.Call)
	args := ssacode.Operands(&call.Call)
	if fn == nil || len(args) == 0 || knowledge.Of(fn).Role != knowledge.LiveSpan {
		return false
	}
	if span, _ := s.carried(p, args[0]); span {
		return true
	}
	of, ok := args[0].(*ssa.Call) // span.SpanContext().IsValid()
	if !ok || knowledge.Of(ssacode.Callee(&of.Call)).Role != knowledge.ReadSpan {
		return false
	}
	span, _ := s.carried(p, ssacode.Operands(&of.Call)[0])
	return span
}

// markAliased notes that a call which takes a span out of a context returned
// one that this function started.
func (s *sim) markAliased(v ssa.Value) {
	if s.life.start != nil && !s.life.borrowed {
		s.f.aliased[v] = true
	}
}
