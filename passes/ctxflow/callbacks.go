package ctxflow

import (
	"go/ast"

	"github.com/tracevet/tracevet/passes/requests"
)

// carried reports whether what is called with a root has a function literal to call
// that works on another context of the function around it: as an argument, or in the
// variable whose method it is. So the work may be in the trace at hand, whatever context
// the call hands to the literal:
//
//	pager := newPager(func(opts Options) (List, error) { return client.List(ctx, opts) })
//	pager.Each(context.Background(), opts)
//
// A call that is traced itself, of a database, say, is none of these.
func (r *Result) carried(u *Use) bool {
	if u.Work >= Traced || u.Func == nil {
		return false
	}
	if sel, ok := ast.Unparen(u.Call.Fun).(*ast.SelectorExpr); ok && r.holdsCallback(u, sel.X) {
		return true
	}
	for _, arg := range u.Call.Args {
		if r.holdsCallback(u, arg) {
			return true
		}
	}
	return false
}

// holdsCallback reports whether e has such a literal in it, or is a local variable that
// is set to something that has.
func (r *Result) holdsCallback(u *Use, e ast.Expr) bool {
	if r.worksElsewhere(u, e) {
		return true
	}
	v := r.rootOf(e)
	if v == nil || v.Parent() == r.pass.Pkg.Scope() {
		return false
	}
	for cur := range u.Func.Decl().Cursor().Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil)) {
		var to []*ast.Ident
		var values []ast.Expr
		switch n := cur.Node().(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				if id := baseOf(lhs); id != nil {
					to = append(to, id)
				}
			}
			values = n.Rhs
		case *ast.ValueSpec:
			to, values = n.Names, n.Values
		}
		for _, id := range to {
			if r.pass.TypesInfo.ObjectOf(id) != v {
				continue
			}
			for _, value := range values {
				if r.worksElsewhere(u, value) {
					return true
				}
			}
		}
	}
	return false
}

// worksElsewhere reports whether there is a literal in e that works on a context from
// outside of it which is no root.
func (r *Result) worksElsewhere(u *Use, e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if !ok || found {
			return !found
		}
		cur, ok := r.cursor(u.Func.Decl(), lit)
		if !ok {
			return false
		}
		for _, other := range r.UsesIn(cur) {
			o := other.Origin
			if other.Work > NoWork && o.Source != nil && !within(lit, o.Source.Pos()) && (o.Kind == requests.Caller || o.Kind == requests.Request) {
				found = true
			}
		}
		return false
	})
	return found
}
