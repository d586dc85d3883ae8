package requests

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"sync"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// An index answers questions about the calls of a package without a look at all
// of them. A question that no rule asks of a package costs nothing.
type index struct {
	calls  func() map[*ast.CallExpr]int // by call, where in sites it is
	of     func() map[*types.Func][]Site
	enders func() map[*types.Var][]Site // see endersOf
	lits   map[*types.Var]*Func         // the literals that variables hold
	// derived are the assignments of what a call returns to a variable that
	// is tracked.
	derived map[*ast.CallExpr][]derivation
}

// A derivation is an assignment to a variable that fn declares.
type derivation struct {
	fn     *Func
	assign *ast.AssignStmt
}

func newIndex(r *Result) index {
	return index{
		lits:    make(map[*types.Var]*Func),
		derived: make(map[*ast.CallExpr][]derivation),
		calls: sync.OnceValue(func() map[*ast.CallExpr]int {
			m := make(map[*ast.CallExpr]int, len(r.sites))
			for i, site := range r.sites {
				m[site.Call] = i
			}
			return m
		}),
		of: sync.OnceValue(func() map[*types.Func][]Site {
			m := make(map[*types.Func][]Site)
			for _, site := range r.sites {
				if site.Fn != nil {
					m[site.Fn] = append(m[site.Fn], site)
				}
			}
			return m
		}),
		enders: sync.OnceValue(func() map[*types.Var][]Site {
			m := make(map[*types.Var][]Site)
			for _, site := range r.sites {
				if v := r.ended(site); v != nil {
					m[v] = append(m[v], site)
				}
			}
			return m
		}),
	}
}

// SiteOf returns the site of a call, and whether it is one of Sites.
func (r *Result) SiteOf(call *ast.CallExpr) (Site, bool) {
	i, ok := r.index.calls()[call]
	if !ok {
		return Site{}, false
	}
	return r.sites[i], true
}

// SitesOf returns the calls of fn, a generic origin, in source order.
func (r *Result) SitesOf(fn *types.Func) []Site { return r.index.of()[fn] }

// SitesIn returns the calls in the syntax tree at cur, in source order.
func (r *Result) SitesIn(cur inspector.Cursor) []Site {
	i, j := Below(cur, len(r.sites), func(i int) inspector.Cursor { return r.sites[i].Cur })
	return r.sites[i:j]
}

// Below returns which of n nodes are in the syntax tree at cur, from i to before
// j. The nodes are in source order, and at returns where the i-th of them is.
func Below(cur inspector.Cursor, n int, at func(i int) inspector.Cursor) (i, j int) {
	i = sort.Search(n, func(i int) bool { return at(i).Index() >= cur.Index() })
	j = i + sort.Search(n-i, func(k int) bool { return !cur.Contains(at(i + k)) })
	return i, j
}

// LitOf returns the literal that a local variable holds, or nil.
func (r *Result) LitOf(v *types.Var) *Func { return r.index.lits[v] }

// indexLit remembers the variable that a literal is assigned to.
func (r *Result) indexLit(f *Func) {
	assign, ok := f.cur.Parent().Node().(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != len(assign.Rhs) {
		return
	}
	for i, rhs := range assign.Rhs {
		if id, ok := assign.Lhs[i].(*ast.Ident); ok && rhs == f.Node {
			if v, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var); ok && r.index.lits[v] == nil {
				r.index.lits[v] = f // the first one
			}
		}
	}
}

// indexResults remembers that the results of a call are assigned to a variable
// of fn that is tracked.
func (r *Result) indexResults(fn *Func, stmt ast.Node, rhs ast.Expr) {
	assign, ok := stmt.(*ast.AssignStmt)
	if call, isCall := ast.Unparen(rhs).(*ast.CallExpr); ok && isCall {
		r.index.derived[call] = append(r.index.derived[call], derivation{fn, assign})
	}
}

// resultsOf returns the variables that the results of call are assigned to,
// other than contexts, where f declares the one of the context.
func (r *Result) resultsOf(f *Func, call *ast.CallExpr) []*types.Var {
	var vs []*types.Var
	for _, d := range r.index.derived[call] {
		if d.fn != f {
			continue
		}
		for _, lhs := range d.assign.Lhs {
			if id, ok := lhs.(*ast.Ident); ok {
				if obj, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var); ok && r.vars[obj] == nil {
					vs = append(vs, obj)
				}
			}
		}
	}
	return vs
}

// ended returns what the call at a site ends for good: the cancel function that
// it calls, the group whose Wait it is, the span that it ends. It is nil if it is
// none of these, or is deferred.
func (r *Result) ended(site Site) *types.Var {
	if _, deferred := site.Cur.Parent().Node().(*ast.DeferStmt); deferred {
		return nil
	}
	info := r.pass.TypesInfo
	switch fun := ast.Unparen(site.Call.Fun).(type) {
	case *ast.Ident:
		v, _ := info.Uses[fun].(*types.Var)
		return v
	case *ast.SelectorExpr:
		id, ok := ast.Unparen(fun.X).(*ast.Ident)
		if !ok || site.Fn == nil {
			return nil
		}
		v, ok := info.Uses[id].(*types.Var)
		if ok && (site.Fn.Name() == "Wait" || slices.Contains(knowledge.SpanEnders(v.Type()), site.Fn.Name())) {
			return v
		}
	}
	return nil
}

// endedBefore reports whether v was ended in f before pos, whenever control gets
// from call to there.
func (r *Result) endedBefore(f *Func, v *types.Var, call *ast.CallExpr, pos token.Pos) bool {
	for _, site := range r.index.enders()[v] {
		if site.Func == f && call.End() < site.Call.Pos() && site.Call.End() <= pos && contains(blockOf(site.Cur), pos) {
			return true
		}
	}
	return false
}
