package requests

import (
	"go/ast"
	"go/token"
	"go/types"
)

// receiverWaits reports whether spawner runs a method of f's receiver as a goroutine, and
// f then calls another of its methods that waits for something: the two may have a
// channel between them, in a field, as those that share work out and collect results.
func (r *Result) receiverWaits(f *Func, spawner ast.Node) bool {
	stmt, ok := spawner.(*ast.GoStmt)
	recv := f.Sig.Recv()
	if !ok || recv == nil || !r.isMethodOf(stmt.Call, recv) {
		return false
	}
	for cur := range f.cur.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		if call.Pos() < stmt.End() || !r.isMethodOf(call, recv) {
			continue
		}
		if _, spawned := cur.Parent().Node().(*ast.GoStmt); spawned {
			continue
		}
		fn := r.callee(call)
		for _, g := range r.funcs {
			if g.Obj != nil && g.Obj == fn && r.waitsAtAll(g) {
				return true
			}
		}
	}
	return false
}

// isMethodOf reports whether call is that of a method of v itself, and not of a field.
func (r *Result) isMethodOf(call *ast.CallExpr, v *types.Var) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	return ok && r.pass.TypesInfo.Uses[id] == types.Object(v)
}

// waitsAtAll reports whether g receives from a channel, or waits for a group.
func (r *Result) waitsAtAll(g *Func) bool {
	for cur := range g.cur.Preorder((*ast.UnaryExpr)(nil), (*ast.RangeStmt)(nil), (*ast.SelectStmt)(nil), (*ast.CallExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.SelectStmt:
			return true
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				return true
			}
		case *ast.RangeStmt:
			if _, ok := r.pass.TypesInfo.TypeOf(n.X).Underlying().(*types.Chan); ok {
				return true
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Wait" && IsSignal(r.pass.TypesInfo.TypeOf(sel.X)) {
				return true
			}
		}
	}
	return false
}
