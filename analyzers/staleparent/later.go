package staleparent

import (
	"go/ast"

	"github.com/tracevet/tracevet/passes/ctxflow"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// replaces reports whether a use is the start of another span in the variable of
// the first one.
func (c *checker) replaces(s *start, u *ctxflow.Use) bool {
	next, ok := c.flow.StartOf(u.Call)
	if !ok {
		return false
	}
	for _, lhs := range next.Assign.Lhs {
		if target, ok := s.span.Target().(*ast.Ident); ok && target.Name != "_" && c.flow.SameVar(lhs, target) {
			return true
		}
	}
	return false
}

// prepares reports whether a call takes the context for what is done later: a
// request that is sent, a query that runs, a transaction that goes on.
func (c *checker) prepares(u *ctxflow.Use) bool {
	if u.Fn == nil || c.isNext(u) {
		return false
	}
	for v := range u.Fn.Signature().Results().Variables() {
		if knowledge.IsRequest(v.Type()) {
			return true
		}
	}
	sel, ok := ast.Unparen(u.Call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	t := c.pass.TypesInfo.TypeOf(sel.X)
	if knowledge.KeepsContext(u.Fn) || t != nil && knowledge.IsQueue(t) && u.Fn.Name() != "Exec" {
		return true
	}
	session, ok := knowledge.SessionOf(c.pass.TypesInfo.TypeOf(u.Call))
	if !ok || u.Fn.Name() != session.With || session.Fresh != "" {
		return false
	}
	for cur := u.Cur; ; cur = cur.Parent().Parent() {
		next, ok := cur.Parent().Node().(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if session.Runs(next.Sel.Name) {
			return false
		}
		if _, ok := cur.Parent().Parent().Node().(*ast.CallExpr); !ok {
			return true
		}
	}
}
