package ctxflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/requests"
)

// remembered reports whether f, a method, puts v into its receiver, or has another method of the package put it
// there: a server remembers its connections. Then v belongs to the receiver and not to this call, and so does a
// goroutine that works on it.
func (r *Result) remembered(v *types.Var, f *requests.Func) bool {
	return r.keeps(f.Decl(), v, 1)
}

// keeps is remembered for a declared function; through so many calls of methods.
func (r *Result) keeps(f *requests.Func, v *types.Var, calls int) bool {
	recv := f.Sig.Recv()
	if recv == nil {
		return false
	}
	info := r.pass.TypesInfo
	for cur := range f.Cursor().Preorder((*ast.Ident)(nil)) {
		if info.Uses[cur.Node().(*ast.Ident)] != v {
			continue
		}
		if r.storedIn(cur, recv) {
			return true
		}
		call, ok := cur.Parent().Node().(*ast.CallExpr)
		if !ok || calls == 0 || cur.ParentEdgeKind() != edge.CallExpr_Args || call.Ellipsis.IsValid() {
			continue
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || r.rootOf(sel.X) != recv {
			continue
		}
		callee := r.callee(call)
		_, i := cur.ParentEdge()
		if callee == nil || callee.Signature().Variadic() || i >= callee.Signature().Params().Len() {
			continue
		}
		for _, g := range r.Funcs() {
			if g.Obj == callee && r.keeps(g, g.Sig.Params().At(i), calls-1) {
				return true
			}
		}
	}
	return false
}

// storedIn reports whether the variable at cur is assigned, as it is or as an element, to a part of what recv is.
func (r *Result) storedIn(cur inspector.Cursor, recv *types.Var) bool {
	for {
		parent := cur.Parent()
		kind, i := cur.ParentEdge()
		switch kind {
		case edge.ParenExpr_X, edge.UnaryExpr_X, edge.CompositeLit_Elts, edge.KeyValueExpr_Value, edge.KeyValueExpr_Key:
		case edge.CallExpr_Args:
			id, ok := ast.Unparen(parent.Node().(*ast.CallExpr).Fun).(*ast.Ident)
			if !ok {
				return false
			}
			if b, ok := r.pass.TypesInfo.Uses[id].(*types.Builtin); !ok || b.Name() != "append" {
				return false
			}
		case edge.IndexExpr_Index: // a set: s.conns[c] = struct{}{}
			return parent.ParentEdgeKind() == edge.AssignStmt_Lhs && r.rootOf(parent.Node().(ast.Expr)) == recv
		case edge.AssignStmt_Rhs:
			assign := parent.Node().(*ast.AssignStmt)
			if len(assign.Lhs) != len(assign.Rhs) {
				return false
			}
			if _, ok := ast.Unparen(assign.Lhs[i]).(*ast.Ident); ok {
				return false // a local variable
			}
			return r.rootOf(assign.Lhs[i]) == recv
		default:
			return false
		}
		cur = parent
	}
}

// Tells reports whether the goroutine sends to a channel in the receiver of the method
// that starts it, or takes from one: it has a slot of a pool, or tells somebody else that
// it is done. Then it is work of the receiver's, and who waits for it is not seen.
func (s *Spawn) Tells(r *Result) bool {
	recv := s.Func.Decl().Sig.Recv()
	if recv == nil || s.Lit == nil {
		return false
	}
	for cur := range s.Lit.Cursor().Preorder((*ast.UnaryExpr)(nil), (*ast.SendStmt)(nil)) {
		ch := ast.Expr(nil)
		switch n := cur.Node().(type) {
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				ch = n.X
			}
		case *ast.SendStmt:
			ch = n.Chan
		}
		if sel, ok := ast.Unparen(ch).(*ast.SelectorExpr); ok && r.rootOf(sel) == recv {
			return true
		}
	}
	return false
}

// rootOf returns the variable that e is a part of.
func (r *Result) rootOf(e ast.Expr) *types.Var {
	id := baseOf(e)
	if id == nil {
		return nil
	}
	v, _ := r.pass.TypesInfo.Uses[id].(*types.Var)
	return v
}

// baseOf returns the variable that an assignment sets, or sets a part of.
func baseOf(e ast.Expr) *ast.Ident {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.Ident:
			return x
		default:
			return nil
		}
	}
}
