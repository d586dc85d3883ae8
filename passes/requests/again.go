package requests

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// Again reports whether f, a literal, runs again and again before the function
// around it goes on: it is given to a function that calls it in a loop, as those do
// that try again, or it is in a local variable that a loop calls.
func (r *Result) Again(f *Func) bool {
	cur := f.cur
	for {
		if _, ok := cur.Parent().Node().(*ast.ParenExpr); !ok {
			break
		}
		cur = cur.Parent()
	}
	if r.givenAgain(cur) {
		return true
	}
	var name ast.Expr
	switch n := cur.Parent().Node().(type) {
	case *ast.AssignStmt:
		if kind, i := cur.ParentEdge(); kind == edge.AssignStmt_Rhs && len(n.Lhs) == len(n.Rhs) {
			name = n.Lhs[i]
		}
	case *ast.ValueSpec:
		if kind, i := cur.ParentEdge(); kind == edge.ValueSpec_Values && len(n.Names) == len(n.Values) {
			name = n.Names[i]
		}
	}
	id, ok := name.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return ok && v.Parent() != r.pass.Pkg.Scope() && r.calledAgain(v, f.Outer)
}

// calledAgain reports whether a loop of the function in calls the function in v,
// a parameter or variable from outside of the loop.
func (r *Result) calledAgain(v *types.Var, in *Func) bool {
	for _, use := range r.uses[v] {
		if r.FuncAt(use) != in {
			continue
		}
		if kind, _ := use.ParentEdge(); kind == edge.CallExpr_Fun {
			switch use.Parent().Parent().Node().(type) {
			case *ast.GoStmt, *ast.DeferStmt:
				continue
			}
			if loop := loopOf(use); loop != nil && v.Pos() < loop.Pos() {
				return true
			}
		}
		if r.givenAgain(use) {
			return true
		}
	}
	return false
}

// givenAgain reports whether the function at cur is an argument of a call that
// runs it again and again.
func (r *Result) givenAgain(cur inspector.Cursor) bool {
	call, ok := cur.Parent().Node().(*ast.CallExpr)
	if !ok {
		return false
	}
	kind, i := cur.ParentEdge()
	if kind != edge.CallExpr_Args {
		return false
	}
	fn := r.callee(call)
	if fn == nil {
		return false
	}
	if know := knowledge.Of(fn); know.Role != knowledge.None {
		return know.Role == knowledge.RunFunc && !know.Single
	}
	r.paramRun(fn, i) // gets the fact
	sum := r.runs[fn]
	return sum != nil && i < len(sum.Again) && sum.Again[i]
}

// loopOf returns the innermost loop of its function that what is at cur is in the
// body of, and that comes round: it does not leave at the end of its body.
func loopOf(cur inspector.Cursor) ast.Node {
	for c := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		var body *ast.BlockStmt
		switch n := c.Node().(type) {
		case *ast.ForStmt:
			body = n.Body
		case *ast.RangeStmt:
			body = n.Body
		default:
			return nil
		}
		if contains(body, cur.Node().Pos()) && !LeavesAtEnd(body) {
			return c.Node()
		}
	}
	return nil
}

// LeavesAtEnd reports whether the body of a loop ends with a return or a break, so that
// it runs once at most.
func LeavesAtEnd(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch last := body.List[len(body.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.BREAK
	}
	return false
}
