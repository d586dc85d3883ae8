package spanafterend

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/tracevet/tracevet/passes/spanflow"
)

// outlivesLoop reports whether the context of a span that a loop starts, or the span, is
// used behind the loop: it is in a variable from outside. Then what comes there belongs
// to the span, as the work on a batch does to the spans of its messages.
func (c *checker) outlivesLoop(span *spanflow.Span) bool {
	start := span.Call()
	if start == nil {
		return false
	}
	var assign *ast.AssignStmt
	var loop ast.Node
	for _, n := range c.around(start) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if assign == nil {
				assign = n
			}
		case *ast.ForStmt, *ast.RangeStmt:
			if loop == nil {
				loop = n
			}
		case *ast.FuncLit, *ast.FuncDecl:
			if assign == nil || loop == nil {
				return false
			}
			for _, lhs := range assign.Lhs {
				id, ok := lhs.(*ast.Ident)
				if !ok {
					continue
				}
				v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
				if ok && (v.Pos() < loop.Pos() || v.Pos() >= loop.End()) && c.usedBehind(n, loop.End(), v) {
					return true
				}
			}
			return false
		}
	}
	return false
}

// usedBehind reports whether a variable is used in n behind pos. What is assigned to it
// is no use.
func (c *checker) usedBehind(n ast.Node, pos token.Pos, v *types.Var) bool {
	set := make(map[*ast.Ident]bool)
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				if id, ok := lhs.(*ast.Ident); ok {
					set[id] = true
				}
			}
		case *ast.Ident:
			found = found || n.Pos() >= pos && !set[n] && c.pass.TypesInfo.Uses[n] == types.Object(v)
		}
		return !found
	})
	return found
}
