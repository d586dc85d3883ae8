package spanflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// births returns the spans that start in a function or in its closures, or
// that it gets from the functions it calls, in source order; borrowed ones,
// which somebody else started, come last.
func (f *function) births() []*life {
	var owned, borrowed []*life
	for _, fn := range f.All {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				var l *life
				switch instr := instr.(type) {
				case *ssa.Call:
					l = f.birth(fn, instr)
				case *ssa.Defer:
					l = f.birthDeferred(fn, instr)
				}
				if l != nil {
					if l.borrowed {
						borrowed = append(borrowed, l)
					} else {
						owned = append(owned, l)
					}
				}
			}
		}
	}
	return append(owned, borrowed...)
}

// birthDeferred is for a defer statement that starts a span when the function
// is over, as in "defer trace(ctx)" for "defer trace(ctx)()".
func (f *function) birthDeferred(root *ssa.Function, d *ssa.Defer) *life {
	sum := f.a.summary(ssacode.Callee(&d.Call))
	for k := range resultTypes(&d.Call) {
		if r := sum.result(k); r.Kind == Open && !r.Shared && slices.Contains(r.Ends, CallItself) {
			return &life{root: root, deferred: d, ends: r.Ends}
		}
	}
	return nil
}

func (f *function) birth(root *ssa.Function, c *ssa.Call) *life {
	fn := ssacode.Callee(&c.Call)
	if fn == nil {
		return nil
	}
	if c.Call.IsInvoke() && isNoop(c.Call.Value) {
		return nil
	}
	l := &life{root: root, start: c}
	results := resultTypes(&c.Call)
	index := func(k int) int {
		if len(results) == 1 {
			return -1
		}
		return k
	}
	know := knowledge.Of(fn)
	switch know.Role {
	case knowledge.StartSpan, knowledge.BorrowSpan:
		if know.Span >= len(results) {
			return nil
		}
		l.span = []int{index(know.Span)}
		l.ends = knowledge.SpanEnders(results[know.Span])
		l.lib = true
		l.borrowed = know.Role == knowledge.BorrowSpan
		if !l.borrowed && know.Ctx >= 0 {
			l.ctxs = []int{index(know.Ctx)}
		}
		return l
	case knowledge.None:
	default:
		return nil
	}
	sum := f.a.summary(fn)
	for k, t := range results {
		switch r := sum.result(k); r.Kind {
		case Open, Borrowed:
			ends := r.Ends
			if lib := knowledge.SpanEnders(t); lib != nil {
				ends = lib
				l.lib = true
			}
			if len(ends) == 0 {
				continue
			}
			l.span = append(l.span, index(k))
			l.ends = append(l.ends, ends...)
			l.may = append(l.may, r.May...)
			l.borrowed = l.borrowed || r.Kind == Borrowed
			l.shared = l.shared || r.Shared
			l.maybe = l.maybe || r.Maybe
		case Carries:
			l.ctxs = append(l.ctxs, index(k))
		}
	}
	if len(l.span) == 0 {
		return nil
	}
	slices.Sort(l.ends)
	l.ends = slices.Compact(l.ends)
	return l
}

// variable returns the variable that the span of l is assigned to, if any.
func (f *function) variable(l *life) types.Object {
	call := f.syntax.call(l.start)
	if call == nil {
		return nil
	}
	id, _ := f.syntax.assigned(call, l.span[0]).(*ast.Ident)
	return f.syntax.variable(id)
}

// assigns reports whether instr stands for an assignment to the variable that
// the span of l is in.
func (f *function) assigns(l *life, instr *ssa.DebugRef) bool {
	id, ok := instr.Expr.(*ast.Ident)
	if !ok {
		return false
	}
	v := f.variable(l)
	return v != nil && f.syntax.variable(id) == v && f.syntax.isTarget(id)
}

// diesWith reports whether the variable of the span ends with the iteration
// of the loop that ends at pos, so that nobody can end the span later.
func (f *function) diesWith(l *life, pos token.Pos) bool {
	v := f.variable(l)
	if v == nil {
		return false
	}
	loop := f.syntax.loopAround(pos)
	if loop == nil || v.Pos() < loop.Pos() || v.Pos() >= loop.End() {
		return false
	}
	// An alias may live longer.
	for _, b := range l.root.Blocks {
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			for _, operand := range phi.Edges {
				if e, ok := operand.(*ssa.Extract); ok && e.Tuple == ssa.Value(l.start) || operand == ssa.Value(l.start) {
					return false
				}
			}
		}
	}
	return true
}

// params returns the spans that a declared function gets as parameters.
func (f *function) params() []*life {
	var lives []*life
	if f.obj == nil {
		return nil
	}
	for _, p := range f.top.Params {
		t := p.Type()
		switch {
		case knowledge.IsContext(t):
			if f.a.endsContexts[f.obj] {
				lives = append(lives, &life{root: f.top, param: p, ctx: true, ends: nil, lib: true})
			}
		case f.a.canHold(t) && !isAny(t):
			ends := knowledge.SpanEnders(t)
			l := &life{root: f.top, param: p, ends: ends, lib: ends != nil}
			if _, ok := t.Underlying().(*types.Signature); ok {
				l.ends = []string{CallItself}
			}
			lives = append(lives, l)
		}
	}
	return lives
}

func isAny(t types.Type) bool {
	u, ok := t.Underlying().(*types.Interface)
	return ok && u.NumMethods() == 0
}

// calledMethods returns the methods that the function calls on an interface
// of the user's own, in the order of their names.
func (f *function) calledMethods(t types.Type) []string {
	var names []string
	for _, fn := range f.All {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if ok && call.Common().IsInvoke() && types.Identical(call.Common().Value.Type(), t) {
					names = append(names, call.Common().Method.Name())
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// isNoop reports whether a tracer comes from a package of no-op tracers.
func isNoop(v ssa.Value) bool {
	for {
		switch w := v.(type) {
		case *ssa.MakeInterface:
			named, ok := types.Unalias(w.X.Type()).(*types.Named)
			return ok && named.Obj().Pkg() != nil && knowledge.IsNoop(named.Obj().Pkg().Path())
		case *ssa.ChangeInterface:
			v = w.X
		case *ssa.Call:
			fn := ssacode.Callee(&w.Call)
			role := knowledge.Of(fn).Role
			if role == knowledge.GetTracer && w.Call.IsInvoke() {
				v = w.Call.Value
				continue
			}
			return role == knowledge.NoopTracer || fn != nil && fn.Pkg() != nil && knowledge.IsNoop(fn.Pkg().Path())
		default:
			return false
		}
	}
}
