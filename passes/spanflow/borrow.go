package spanflow

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/tracevet/tracevet/passes/internal/ssacode"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// An Origin tells whose a context is.
type Origin uint8

const (
	Elsewhere Origin = iota // not known
	Request                 // of the request that a handler serves; its server owns the span
)

// Origin tells where the context comes from that a borrowed span was taken out
// of.
func (s *Span) Origin() Origin {
	for _, arg := range ssacode.Operands(&s.life.start.Call) {
		if knowledge.IsContext(arg.Type()) {
			return s.f.origin(arg, s.life.root, 0)
		}
		// A helper that takes the span out of the request.
		if _, param := s.f.Resolve(arg).(*ssa.Parameter); param && knowledge.IsRequest(arg.Type()) && s.f.servesRequests(s.life.root) {
			return Request
		}
	}
	return Elsewhere
}

// A ContextEnd is a call that ends the span of a context that it is given,
// though the caller did not start that span.
type ContextEnd struct {
	Call   *ast.CallExpr
	Origin Origin
}

// ContextEnds returns the calls of functions that end the span of a context,
// unless it is a span that the caller started, in the order of the source.
func (r *Result) ContextEnds() []ContextEnd { return r.contextEnds }

// addContextEnds collects the calls of f.
func (r *Result) addContextEnds(f *function) {
	own := make(map[ssa.Instruction]bool)
	for _, s := range f.spans {
		if s.life.borrowed {
			continue
		}
		for _, e := range s.events {
			if e.kind == endsLife {
				own[e.instr] = true
			}
		}
	}
	for _, fn := range f.All {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				c, ok := instr.(ssa.CallInstruction)
				if !ok || own[instr] {
					continue
				}
				sum := f.a.summary(ssacode.Callee(c.Common()))
				for i, arg := range ssacode.Operands(c.Common()) {
					if sum.param(i).Effect != Ends || !knowledge.IsContext(arg.Type()) {
						continue
					}
					if call := f.syntax.call(c); call != nil {
						r.contextEnds = append(r.contextEnds, ContextEnd{call, f.origin(arg, fn, 0)})
					}
				}
			}
		}
	}
}

// origin follows a context back to where it comes from. The function it is
// used in, or one around it, has to be a handler for it to be a request's.
func (f *function) origin(v ssa.Value, in *ssa.Function, depth int) Origin {
	if depth > 8 {
		return Elsewhere
	}
	switch v := f.Resolve(v).(type) {
	case *ssa.Parameter:
		if v.Parent() == f.top && f.obj != nil && knowledge.IsService(f.obj) && len(f.top.Params) > 1 && v == f.top.Params[1] {
			return Request
		}
	case *ssa.Extract:
		return f.origin(v.Tuple, in, depth+1)
	case *ssa.ChangeInterface:
		return f.origin(v.X, in, depth+1)
	case *ssa.UnOp:
		alloc, ok := f.Resolve(v.X).(*ssa.Alloc)
		if v.Op == token.MUL && ok && len(f.stores[alloc]) == 1 {
			return f.origin(f.stores[alloc][0].Val, in, depth+1)
		}
	case *ssa.Call:
		fn := ssacode.Callee(&v.Call)
		switch knowledge.Of(fn).Role {
		case knowledge.RequestContext:
			if f.servesRequests(in) {
				return Request
			}
			return Elsewhere
		case knowledge.None:
		default:
			return Elsewhere // of another span
		}
		// A context made from another one.
		if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "context" {
			return Elsewhere // it may carry a span of its own
		}
		for _, arg := range ssacode.Operands(&v.Call) {
			if knowledge.IsContext(arg.Type()) {
				return f.origin(arg, in, depth+1)
			}
		}
	}
	return Elsewhere
}

// servesRequests reports whether fn, or a function around it, is a handler.
func (f *function) servesRequests(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if knowledge.IsHandler(fn.Signature) {
			return true
		}
		if fn == f.top && f.obj != nil && knowledge.IsService(f.obj) {
			return true
		}
	}
	return false
}
