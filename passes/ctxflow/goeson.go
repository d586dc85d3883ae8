package ctxflow

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/requests"
)

// This file finds the functions that start something that lasts: a dispatcher, a
// poller, a connection. The context that they are given is that of what they start,
// which ends when somebody stops it, and not when the call is over. A caller that
// gave it the context of a request would end it with that request, so a root is
// right there.

// summarizeGoesOn finds the parameters whose context goes to a goroutine with a loop
// that nobody waits for, be it through other functions.
func (r *Result) summarizeGoesOn() {
	mark := func(v *types.Var) {
		if p, ok := r.params[v]; ok {
			r.summaries[p.fn].GoesOn[p.index] = true
		}
	}
	for _, s := range r.spawns {
		if s.Joined || !s.Loops || signalled(s.Func) {
			continue
		}
		for _, u := range s.Uses {
			if u.Origin.Kind != requests.Detached {
				mark(u.Origin.Source)
			}
		}
		if s.Lit == nil {
			continue
		}
		// case <-ctx.Done(): the context is no argument there.
		for cur := range s.Lit.Cursor().Preorder((*ast.SelectorExpr)(nil)) {
			sel := cur.Node().(*ast.SelectorExpr)
			if fn, ok := r.pass.TypesInfo.Uses[sel.Sel].(*types.Func); ok && tellsEnd(fn) {
				if o := r.Origin(sel.X); o.Kind != requests.Detached {
					mark(o.Source)
				}
			}
		}
	}
	r.propagate(func(u *Use) bool {
		p, ok := r.params[u.Origin.Source]
		if !ok || u.Origin.Kind == requests.Detached || r.summaries[p.fn].GoesOn[p.index] || !r.goesOn(u) {
			return false
		}
		r.summaries[p.fn].GoesOn[p.index] = true
		return true
	})
}

// tellsEnd reports whether fn is a method of a context that tells of its end.
func tellsEnd(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Path() == "context" && fn.Signature().Recv() != nil && (fn.Name() == "Done" || fn.Name() == "Err")
}

// goesOn reports whether what the function starts that is called lasts longer than
// the call, and ends with the context; through an interface, if a method does so that
// may be called.
func (r *Result) goesOn(u *Use) bool {
	if u.callee != nil {
		return r.summary(u.callee.fn).goesOn(u.callee.index)
	}
	return slices.ContainsFunc(u.impls, func(impl param) bool { return r.summary(impl.fn).goesOn(impl.index) })
}

// Lasts reports whether c is the context of something that lasts: of a caller, who has
// given it to a function that starts a loop under it. It says when that is to end, and
// is no request's.
func (r *Result) Lasts(c *requests.Context) bool {
	return c != nil && !c.Request && c.Started == nil && !c.InSpan() && r.goesOnFrom(c.Source)
}

// goesOnFrom reports whether v is a parameter whose context goes on.
func (r *Result) goesOnFrom(v *types.Var) bool {
	p, ok := r.params[v]
	return ok && r.summaries[p.fn].goesOn(p.index)
}
