package ctxflow

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// kept reports whether the context in the expression at cur is stored for
// later, or goes where it is not followed.
func (r *Result) kept(cur inspector.Cursor, seen map[*types.Var]bool) bool {
	parent := cur.Parent()
	kind, i := cur.ParentEdge()
	switch n := parent.Node().(type) {
	case *ast.ParenExpr:
		return r.kept(parent, seen)
	case *ast.CallExpr:
		return kind == edge.CallExpr_Args && r.carriesOn(n) && r.kept(parent, seen)
	case *ast.AssignStmt:
		if kind != edge.AssignStmt_Rhs {
			return false
		}
		for j, lhs := range n.Lhs {
			if len(n.Lhs) == len(n.Rhs) && i != j {
				continue
			}
			if r.keepsCancel(lhs) {
				return true
			}
			if t := r.pass.TypesInfo.TypeOf(lhs); t != nil && carries(t) && r.keptIn(lhs, seen) {
				return true
			}
		}
		return false
	case *ast.ValueSpec:
		for j, id := range n.Names {
			if len(n.Names) == len(n.Values) && i != j {
				continue
			}
			if t := r.pass.TypesInfo.TypeOf(id); t != nil && carries(t) && r.keptIn(id, seen) {
				return true
			}
		}
		return false
	case *ast.SelectorExpr, *ast.BinaryExpr, *ast.ExprStmt:
		return false
	}
	return true
}

// keepsCancel reports whether lhs is given a cancel function that is stored: the
// context lives until somebody calls that.
func (r *Result) keepsCancel(lhs ast.Expr) bool {
	t := r.pass.TypesInfo.TypeOf(lhs)
	if t == nil {
		return false
	}
	if _, ok := t.Underlying().(*types.Signature); !ok {
		return false
	}
	id, ok := ast.Unparen(lhs).(*ast.Ident)
	if !ok {
		return true
	}
	v, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok {
		return false
	}
	for _, use := range r.UsesOfVar(v) {
		switch n := use.Parent().Node().(type) {
		case *ast.AssignStmt:
			if kind, i := use.ParentEdge(); kind == edge.AssignStmt_Rhs && len(n.Lhs) == len(n.Rhs) {
				if _, ok := ast.Unparen(n.Lhs[i]).(*ast.Ident); !ok {
					return true
				}
			}
		case *ast.ReturnStmt, *ast.KeyValueExpr, *ast.CompositeLit:
			return true
		}
	}
	return false
}

// carriesOn reports whether the result of call holds the context that it is
// given.
func (r *Result) carriesOn(call *ast.CallExpr) bool {
	t := r.pass.TypesInfo.TypeOf(call)
	if tuple, ok := t.(*types.Tuple); ok {
		for v := range tuple.Variables() {
			if carries(v.Type()) {
				return true
			}
		}
		return false
	}
	return t != nil && carries(t)
}

// keptIn reports whether what is assigned to lhs is kept: it is no local
// variable, or one that is kept itself.
func (r *Result) keptIn(lhs ast.Expr, seen map[*types.Var]bool) bool {
	switch lhs := ast.Unparen(lhs).(type) {
	case *ast.Ident:
		if lhs.Name == "_" {
			return false
		}
		v, ok := r.pass.TypesInfo.ObjectOf(lhs).(*types.Var)
		if !ok {
			return true
		}
		if v.Parent() == r.pass.Pkg.Scope() {
			return v.Exported() // others may set it, or use it as they like
		}
		if seen[v] {
			return false
		}
		seen[v] = true
		for _, use := range r.UsesOfVar(v) {
			if kind, _ := use.ParentEdge(); kind == edge.AssignStmt_Lhs {
				continue
			}
			if r.kept(use, seen) {
				return true
			}
		}
		return false
	case *ast.SelectorExpr:
		// The request that is being served gets it.
		t := r.pass.TypesInfo.TypeOf(lhs.X)
		return t == nil || !carries(t)
	}
	return true
}
