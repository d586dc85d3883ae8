package ctxflow

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// summarizeWork finds out what the functions of the package do with the
// contexts that they are given, until nothing changes.
func (r *Result) summarizeWork() {
	r.propagate(func(u *Use) (changed bool) {
		if u.callee != nil {
			u.Work = max(u.Work, r.summary(u.callee.fn).works(u.callee.index))
		}
		for _, impl := range u.impls {
			if r.summary(impl.fn).works(impl.index) > NoWork {
				u.Work = max(u.Work, Dynamic)
			}
		}
		if u.Work > NoWork && u.Origin.Kind == requests.Unknown && u.Func != nil {
			if sum := r.summaries[u.Func.Decl().Obj]; sum != nil {
				sum.Bound = true
			}
		}
		if u.Work == NoWork || u.Origin.Source == nil {
			return false
		}
		p, ok := r.params[u.Origin.Source]
		if !ok {
			return false
		}
		sum := r.summaries[p.fn]
		if sum.Works[p.index] < u.Work {
			sum.Works[p.index] = u.Work
			changed = true
		}
		if !sum.Alive[p.index] && u.Origin.Kind != requests.Detached && r.keepsAlive(u) && !r.lasts(p.fn) {
			sum.Alive[p.index] = true
			changed = true
		}
		return changed
	})
}

// summarizeMarks finds the parameters whose context is used to write to its span,
// and for nothing else.
func (r *Result) summarizeMarks() {
	for changed := true; changed; {
		changed = false
		marks, works := make(map[param]bool), make(map[param]bool)
		for _, u := range r.uses {
			p, ok := r.params[u.Origin.Source]
			switch {
			case !ok || u.Work == NoWork:
			case r.marks(u):
				marks[p] = true
			default:
				works[p] = true
			}
		}
		for p := range marks {
			if sum := r.summaries[p.fn]; !works[p] && !sum.Marks[p.index] {
				sum.Marks[p.index] = true
				changed = true
			}
		}
	}
}

// marks reports whether a context is used to write to its span, and for nothing
// else.
func (r *Result) marks(u *Use) bool {
	if u.callee != nil {
		return r.summary(u.callee.fn).marks(u.callee.index)
	}
	return knowledge.Of(u.Fn).Role == knowledge.BorrowSpan
}

// Marks reports whether the context of a use that does work is only asked for its
// span, to write to that.
func (r *Result) Marks(u *Use) bool { return r.marks(u) }

// summarizeKeys finds the parameters that are asked for what a framework
// keeps: ctx.Value("user"), which gin answers with what c.Set was given, and
// ctx.(*gin.Context).
func (r *Result) summarizeKeys() {
	mark := func(e ast.Expr) {
		if p, ok := r.params[r.Origin(e).Source]; ok {
			r.summaries[p.fn].Keys[p.index] = true
		}
	}
	for _, site := range r.Sites() {
		if sel, ok := ast.Unparen(site.Call.Fun).(*ast.SelectorExpr); ok && site.Fn != nil && isValue(site.Fn) && len(site.Call.Args) == 1 {
			if tv := r.pass.TypesInfo.Types[site.Call.Args[0]]; tv.Value != nil && tv.Value.Kind() == constant.String {
				mark(sel.X)
			}
		}
	}
	for _, f := range r.Funcs() {
		for cur := range f.Cursor().Preorder((*ast.TypeAssertExpr)(nil)) {
			e := cur.Node().(*ast.TypeAssertExpr)
			if e.Type == nil {
				continue
			}
			if req, ok := knowledge.RequestOf(r.pass.TypesInfo.TypeOf(e.Type)); ok && req.Imposter {
				mark(e.X)
			}
		}
	}
	r.propagate(func(u *Use) bool {
		if u.callee == nil || !r.summary(u.callee.fn).keys(u.callee.index) {
			return false
		}
		p, ok := r.params[u.Origin.Source]
		if !ok || r.summaries[p.fn].Keys[p.index] {
			return false
		}
		r.summaries[p.fn].Keys[p.index] = true
		return true
	})
}

func isValue(fn *types.Func) bool {
	return fn.Name() == "Value" && fn.Pkg() != nil && fn.Pkg().Path() == "context"
}

// ReadsKeys reports whether the function that is called looks up values in the
// context that only the framework's own one has.
func (r *Result) ReadsKeys(u *Use) bool {
	return u.callee != nil && r.summary(u.callee.fn).keys(u.callee.index)
}

// keepsAlive reports whether the function that is called works with the context
// as it is: it does not take the cancellation away first, and does not go on until
// that comes. Through an interface, none of the methods that may run must do so.
func (r *Result) keepsAlive(u *Use) bool {
	if u.callee != nil {
		return r.summary(u.callee.fn).alive(u.callee.index)
	}
	return !slices.ContainsFunc(u.impls, func(impl param) bool {
		if impl.fn.Pkg() == r.pass.Pkg {
			return r.lasts(impl.fn)
		}
		sum := r.summary(impl.fn)
		return sum.works(impl.index) > NoWork && !sum.alive(impl.index)
	})
}

// lasts reports whether a function of the package goes on until a context is over: it
// waits for that, or has a loop that is left for it. What it works on then should end.
func (r *Result) lasts(fn *types.Func) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	last, ok := r.lasting[fn]
	if !ok {
		if f := r.index.declared()[fn]; f != nil {
			last = r.Lifetime(f) || r.turnsUntilEnd(f)
		}
		r.lasting[fn] = last
	}
	return last
}

// turnsUntilEnd reports whether f has a loop that is left only when a context is over.
func (r *Result) turnsUntilEnd(f *requests.Func) bool {
	for loop := range r.endless(f) {
		if r.stops(loop.Node().(*ast.ForStmt).Body) {
			return true
		}
	}
	return false
}
