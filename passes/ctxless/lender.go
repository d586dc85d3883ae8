package ctxless

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
)

// Lends is the fact about a function that takes nothing and returns a handle which lives
// long, and was given no context: a database in a variable of its package, say.
type Lends struct {
	// Global: the variable is one of a package, and no field.
	Global bool
}

// AFact marks Lends as a fact.
func (*Lends) AFact() {}

func (*Lends) String() string { return "lends a handle" }

// findLenders finds the functions of the package that lend a handle.
func (r *Result) findLenders() {
	r.lenders = make(map[*types.Func]*Lends)
	for _, f := range r.flow.Funcs() {
		if l := r.lends(f); f.Obj != nil && l != nil {
			r.lenders[f.Obj] = l
			r.pass.ExportObjectFact(f.Obj, l)
		}
	}
}

// lends returns what is to be said of a function that lends a handle, or nil.
func (r *Result) lends(f *requests.Func) *Lends {
	if f.Sig.Params().Len() != 0 || f.Sig.Results().Len() != 1 || f.Body() == nil {
		return nil
	}
	if s, ok := knowledge.SessionOf(f.Sig.Results().At(0).Type()); !ok || s.Fresh != "" {
		return nil
	}
	returns, all, global := 0, true, true
	ast.Inspect(f.Body(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			returns++
			if len(n.Results) != 1 {
				all = false
			} else if v := r.longLived(n.Results[0]); v == nil || r.isGiven(v) {
				all = false
			} else if !isGlobal(v) {
				global = false
			}
		}
		return all
	})
	if !all || returns == 0 {
		return nil
	}
	return &Lends{global}
}

func isGlobal(v *types.Var) bool { return v.Pkg() != nil && v.Parent() == v.Pkg().Scope() }

// lent returns what is known of a function that is called, if it lends a handle.
func (r *Result) lent(call *ast.CallExpr) *Lends {
	fn, _ := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	fn = fn.Origin()
	if fn.Pkg() == r.pass.Pkg {
		return r.lenders[fn]
	}
	l := new(Lends)
	if !r.pass.ImportObjectFact(fn, l) {
		return nil
	}
	return l
}

// bareHandle reports whether e is a handle that lives long and was given no context: a
// field, a variable of a package, what a function lends, or a local variable that is one
// of these and nothing else in its function. Where no context is at hand, a field does
// not count: who has made the struct may have done so for one piece of work, with a
// handle that has its context.
func (r *Result) bareHandle(c *Call, e ast.Expr, depth int) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		l := r.lent(e) // the first call on another handle is looked at by itself
		return l != nil && (l.Global || c.Hand != nil)
	case *ast.Ident:
		v, ok := r.pass.TypesInfo.Uses[e].(*types.Var)
		if !ok || depth == 0 {
			return false
		}
		if r.longLived(e) == nil {
			def := r.Definition(c.Site, v)
			return def != nil && !r.setsIn(c.Site, v) && r.bareHandle(c, def, depth-1)
		}
	}
	v := r.longLived(e)
	return v != nil && !r.isGiven(v) && (c.Hand != nil || isGlobal(v))
}

// setsIn reports whether the function of site changes something in what v points to.
func (r *Result) setsIn(site requests.Site, v *types.Var) bool {
	found := false
	ast.Inspect(site.Func.Decl().Node, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range assign.Lhs {
				for sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok; sel, ok = ast.Unparen(sel.X).(*ast.SelectorExpr) {
					if id, is := ast.Unparen(sel.X).(*ast.Ident); is && r.pass.TypesInfo.Uses[id] == v {
						found = true
					}
				}
			}
		}
		return !found
	})
	return found
}
