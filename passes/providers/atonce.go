package providers

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// An AtOnce is a deferred shutdown in a function that sets tracing up and does nothing else: it runs before the
// program has begun.
type AtOnce struct {
	Shutdown *ast.CallExpr
	Func     *types.Func
	// Set is the call that makes the provider the program's.
	Set *ast.CallExpr
	// Exporter: it is the exporter of the provider that is shut down.
	Exporter bool
}

// AtOnce returns these shutdowns, in source order.
func (r *Result) AtOnce() []*AtOnce { return r.atOnce }

// collectAtOnce finds out whether s is one.
func (r *Result) collectAtOnce(s *site) {
	m := momentOf(s.cur)
	decl, ok := m.fn.(*ast.FuncDecl)
	if !ok || m.deferred == nil || s.fn == nil || s.fn.Name() != "Shutdown" || r.inTest(decl) {
		return
	}
	fn, ok := r.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok || fn.Name() == "main" && r.pass.Pkg.Name() == "main" || !r.always(s.cur, m.deferred) {
		return
	}
	sel, ok := ast.Unparen(s.call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	v := r.varOf(sel.X)
	if v == nil || v.Parent() == r.pass.Pkg.Scope() {
		return
	}
	a := &AtOnce{Shutdown: s.call, Func: fn}
	switch {
	case knowledge.WiringOf(s.fn) == knowledge.ShutsProvider && knowledge.IsProvider(v.Type()):
	case knowledge.ExportsSpans(v.Type()) && r.givenToProvider(v):
		a.Exporter = true
	default:
		return
	}
	for _, set := range r.sites {
		if knowledge.WiringOf(set.fn) == knowledge.SetsProvider && momentOf(set.cur).fn == decl && momentOf(set.cur).deferred == nil &&
			r.goesTogether(m.deferred, set.cur) && len(set.call.Args) == 1 && (a.Exporter || r.varOf(set.call.Args[0]) == v) {
			a.Set = set.call
		}
	}
	if a.Set == nil || !r.onlySetsUp(decl, make(map[*types.Func]bool)) {
		return
	}
	r.atOnce = append(r.atOnce, a)
}

// givenToProvider reports whether the exporter in v is an argument of what makes a provider, or a processor or an option of
// one: another exporter may be there to try something out.
func (r *Result) givenToProvider(v *types.Var) bool {
	for _, use := range r.uses[v] {
		call, ok := use.Parent().Node().(*ast.CallExpr)
		if kind, _ := use.ParentEdge(); !ok || kind != edge.CallExpr_Args {
			continue
		}
		if fn := r.callee(call); fn != nil && fn.Pkg() != nil && knowledge.IsOpenTelemetry(fn.Pkg().Path()) {
			return true
		}
	}
	return false
}

// always reports whether the call at cur runs whenever the deferred statement does: no branch is around it in a literal.
func (r *Result) always(cur inspector.Cursor, deferred *ast.DeferStmt) bool {
	for c := range cur.Enclosing() {
		switch n := c.Node().(type) {
		case *ast.DeferStmt:
			return n == deferred
		case *ast.IfStmt:
			if n.Body.Pos() <= cur.Node().Pos() { // not if err := tp.Shutdown(ctx); err != nil
				return false
			}
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.GoStmt:
			return false
		}
	}
	return false
}

// goesTogether reports whether the statement is registered where the call at cur has run, or will: its block is around it.
func (r *Result) goesTogether(deferred *ast.DeferStmt, cur inspector.Cursor) bool {
	d, ok := r.root.FindNode(deferred)
	if !ok {
		return false
	}
	block, ok := d.Parent().Node().(*ast.BlockStmt)
	return ok && contains(block, cur.Node().Pos())
}

// onlySetsUp reports whether a function does nothing but to set something up, and comes back at once. What it defers does
// not count.
func (r *Result) onlySetsUp(decl *ast.FuncDecl, seen map[*types.Func]bool) bool {
	only := true
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.DeferStmt, *ast.FuncLit: // made, and called elsewhere if at all
			return false
		case *ast.GoStmt, *ast.SelectStmt, *ast.SendStmt, *ast.ForStmt, *ast.RangeStmt:
			only = false
		case *ast.UnaryExpr:
			only = only && n.Op != token.ARROW
		case *ast.CallExpr:
			only = only && r.setsUpOnly(n, seen)
		}
		return only
	})
	return only
}

// setsUpOnly reports whether a call is part of a set-up, and of nothing else.
func (r *Result) setsUpOnly(call *ast.CallExpr, seen map[*types.Func]bool) bool {
	if tv := r.pass.TypesInfo.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return true
	}
	fn := r.callee(call)
	if knowledge.OnlySetsUp(fn) {
		return true
	}
	f := r.byObj[fn]
	if fn == nil || f == nil || f.decl.Body == nil || seen[fn] {
		return false
	}
	seen[fn] = true
	return r.onlySetsUp(f.decl, seen)
}
