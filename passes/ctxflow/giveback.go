package ctxflow

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/requests"
)

// givesBack reports whether the literal at cur is there to give something back: it takes and
// returns nothing, and calls a function that came with what is given back, as in
//
//	conn, release, err := pool.Acquire(ctx)
//	done := func() { reset(conn); release() }
//
// Its callers run it when they have failed, too, be it that their context has ended.
func (r *Result) givesBack(cur inspector.Cursor) bool {
	lit := cur.Node().(*ast.FuncLit)
	info := r.pass.TypesInfo
	if lit.Type.Params.NumFields()+lit.Type.Results.NumFields() > 0 {
		return false
	}
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if _, inner := n.(*ast.FuncLit); inner || found {
			return false
		}
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) > 0 {
			return true
		}
		id, ok := ast.Unparen(call.Fun).(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := info.Uses[id].(*types.Var)
		found = ok && !within(lit, v.Pos()) && r.cameWith(v, cur)
		return true
	})
	return found
}

// cameWith reports whether v is one of several results of a call that defines it, in a
// function around cur; but not with a context, of which it is the cancel function.
func (r *Result) cameWith(v *types.Var, cur inspector.Cursor) bool {
	for outer := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		if !within(outer.Node(), v.Pos()) {
			continue
		}
		found := false
		ast.Inspect(outer.Node(), func(n ast.Node) bool {
			if assign, ok := n.(*ast.AssignStmt); ok && len(assign.Lhs) > 1 && len(assign.Rhs) == 1 {
				context := false
				for _, lhs := range assign.Lhs {
					id, ok := lhs.(*ast.Ident)
					found = found || ok && r.pass.TypesInfo.Defs[id] == types.Object(v)
					t := r.pass.TypesInfo.TypeOf(lhs)
					context = context || t != nil && carries(t)
				}
				found = found && !context
			}
			return !found
		})
		return found
	}
	return false
}

// livesOn reports whether a use is the call of a method, of another module, on a local
// variable that the function returns: what is started there goes on when the function
// has returned, and is not to end with the caller's context.
func (r *Result) livesOn(u *Use) bool {
	sel, ok := ast.Unparen(u.Call.Fun).(*ast.SelectorExpr)
	if !ok || u.Work > Foreign {
		return false
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || u.Func == nil || !within(u.Func.Node, v.Pos()) {
		return false
	}
	return r.isReturned(v, u.Func)
}

func (r *Result) isReturned(v *types.Var, f *requests.Func) bool {
	returned := false
	ast.Inspect(f.Body(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			for _, result := range n.Results {
				id, ok := ast.Unparen(result).(*ast.Ident)
				returned = returned || ok && r.pass.TypesInfo.Uses[id] == types.Object(v)
			}
		}
		return !returned
	})
	return returned
}
