package untraced

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// exports reports whether the connection that fn makes at cur may be the one that
// spans are exported over: with tracing, each export would make spans to export.
func (c *checker) exports(cur inspector.Cursor, fn *types.Func) bool {
	conn := fn.Signature().Results().At(0).Type()
	if !c.givesAway(conn) {
		return false
	}
	v := c.assigned(cur)
	if v == nil {
		return true // it goes on from here
	}
	for use := range c.root.Preorder((*ast.Ident)(nil)) {
		if c.pass.TypesInfo.Uses[use.Node().(*ast.Ident)] != v {
			continue
		}
		parent := use.Parent()
		switch use.ParentEdgeKind() {
		case edge.SelectorExpr_X: // conn.Close
		case edge.CallExpr_Args:
			// Clients are made of it by packages that were generated.
			to := c.callee(parent.Node().(*ast.CallExpr))
			if to == nil || to.Pkg() == nil || to.Pkg() == c.pass.Pkg || knowledge.IsOpenTelemetry(to.Pkg().Path()) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// givesAway reports whether the package calls a function of OpenTelemetry with a
// value of the type.
func (c *checker) givesAway(t types.Type) bool {
	for cur := range c.root.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		to := c.callee(call)
		if to == nil || to.Pkg() == nil || !knowledge.IsOpenTelemetry(to.Pkg().Path()) {
			continue
		}
		for _, arg := range call.Args {
			if at := c.pass.TypesInfo.TypeOf(arg); at != nil && types.Identical(at, t) {
				return true
			}
		}
	}
	return false
}

// assigned returns the local variable that the first result of the call at cur is
// assigned to, or nil.
func (c *checker) assigned(cur inspector.Cursor) *types.Var {
	assign, ok := cur.Parent().Node().(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return nil
	}
	id, ok := assign.Lhs[0].(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.Parent() == c.pass.Pkg.Scope() {
		return nil
	}
	return v
}
