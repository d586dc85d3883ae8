package spanafterend

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/spanflow"
)

// around returns the syntax around a node, from the innermost to the file.
func (c *checker) around(n ast.Node) []ast.Node {
	file := diag.File(c.pass, n.Pos())
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, n.Pos(), n.End())
	return path
}

// enclosing returns the innermost statement around a node, and the list of
// statements that it is in.
func (c *checker) enclosing(n ast.Node) (stmt ast.Stmt, list []ast.Stmt) {
	for _, outer := range c.around(n) {
		if stmt != nil {
			return stmt, statements(outer)
		}
		stmt, _ = outer.(ast.Stmt)
	}
	return stmt, nil
}

func statements(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

func index(list []ast.Stmt, stmt ast.Stmt) int {
	for i, s := range list {
		if s == stmt {
			return i
		}
	}
	return -1
}

// deferOf returns the defer statement of a call, or the call itself.
func (c *checker) deferOf(call *ast.CallExpr) analysis.Range {
	if stmt, _ := c.enclosing(call); stmt != nil {
		if d, ok := stmt.(*ast.DeferStmt); ok {
			return d
		}
	}
	return call
}

// moveEnd moves an End behind the last of the calls that come too late, if
// nothing that stands between them leaves the block, so that the End still
// runs.
func (c *checker) moveEnd(use spanflow.LateUse, uses []spanflow.LateUse) []analysis.SuggestedFix {
	end, list := c.enclosing(use.End)
	from := index(list, end)
	if _, ok := end.(*ast.ExprStmt); !ok || from < 0 {
		return nil
	}
	to := from
	for _, u := range uses {
		if u.End != use.End {
			continue
		}
		stmt := within(list, u.Call)
		if stmt == nil {
			return nil // outside of the block, after which the End may not run
		}
		to = max(to, index(list, stmt))
	}
	for _, stmt := range list[from+1 : to+1] {
		if leaves(stmt, nil) {
			return nil
		}
	}
	plan := c.planner.Plan(diag.File(c.pass, end.Pos()))
	plan.DeleteStmt(end)
	plan.InsertAfter(list[to], types.ExprString(use.End))
	return plan.Fixes("Move " + diag.Text(use.End.Fun) + " behind what is recorded")
}

// deferFirst moves a deferred End up to the start of the span, so that it runs
// after the deferred calls in between.
func (c *checker) deferFirst(span *spanflow.Span, use spanflow.LateUse) []analysis.SuggestedFix {
	start := span.Call()
	if start == nil {
		return nil
	}
	first, list := c.enclosing(start)
	end, endList := c.enclosing(use.End)
	d, ok := end.(*ast.DeferStmt)
	if !ok || d.Call != use.End || index(list, first) < 0 || index(list, first) >= index(list, end) || len(endList) != len(list) {
		return nil
	}
	if index(list, within(list, use.Call)) < index(list, first) {
		return nil // deferred before the span starts
	}
	plan := c.planner.Plan(diag.File(c.pass, end.Pos()))
	plan.DeleteStmt(end)
	plan.InsertAfter(first, "defer "+types.ExprString(use.End))
	return plan.Fixes("Defer " + diag.Text(use.End.Fun) + " first, so that it runs last")
}

// within returns the statement of the list that a node is in, or nil.
func within(list []ast.Stmt, n ast.Node) ast.Stmt {
	for _, stmt := range list {
		if stmt.Pos() <= n.Pos() && n.End() <= stmt.End() {
			return stmt
		}
	}
	return nil
}

// removeEnd deletes a statement that ends a borrowed span, and does nothing else.
func (c *checker) removeEnd(span *spanflow.Span, end *ast.CallExpr) []analysis.SuggestedFix {
	if !span.Known() || len(end.Args) > 0 {
		return nil
	}
	sel, ok := ast.Unparen(end.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	stmt, list := c.enclosing(end)
	if index(list, stmt) < 0 {
		return nil
	}
	switch s := stmt.(type) {
	case *ast.ExprStmt:
		if s.X != ast.Expr(end) {
			return nil
		}
	case *ast.DeferStmt:
		if s.Call != end {
			return nil
		}
	default:
		return nil
	}
	plan := c.planner.Plan(diag.File(c.pass, end.Pos()))
	plan.DeleteStmt(stmt)
	return plan.Fixes("Remove " + diag.Text(sel))
}

// deferEnd makes an End that comes at once a deferred one. Its arguments must
// not change until then.
func (c *checker) deferEnd(span *spanflow.Span, end *ast.CallExpr) []analysis.SuggestedFix {
	stmt, list := c.enclosing(end)
	s, ok := stmt.(*ast.ExprStmt)
	if !ok || s.X != ast.Expr(end) || index(list, stmt) < 0 || span.InLoop() {
		return nil
	}
	for _, arg := range end.Args {
		if !c.lasts(span, arg) {
			return nil
		}
	}
	plan := c.planner.Plan(diag.File(c.pass, end.Pos()))
	if span.Call() != nil && c.defersBetween(span, stmt) {
		// What is deferred before the End runs after it, and may be the work.
		first, starts := c.enclosing(span.Call())
		if index(starts, first) < 0 || !slices.Contains(starts, stmt) {
			return nil
		}
		plan.DeleteStmt(stmt)
		plan.InsertAfter(first, "defer "+types.ExprString(end))
	} else {
		plan.Prefix(stmt, "defer ")
	}
	return plan.Fixes("Defer " + diag.Text(end.Fun))
}

// defersBetween reports whether a call is deferred after the start of the span and
// before a statement.
func (c *checker) defersBetween(span *spanflow.Span, stmt ast.Stmt) bool {
	found := false
	for _, n := range c.around(stmt) {
		body, ok := n.(*ast.BlockStmt)
		if !ok {
			continue
		}
		ast.Inspect(body, func(n ast.Node) bool {
			if d, ok := n.(*ast.DeferStmt); ok && span.Call().End() <= d.Pos() && d.End() <= stmt.Pos() {
				found = true
			}
			return !found
		})
	}
	return found
}

// lasts reports whether an argument is worth the same when the function
// returns: the span itself, a constant, or a pointer to a variable.
func (c *checker) lasts(span *spanflow.Span, arg ast.Expr) bool {
	if tv := c.pass.TypesInfo.Types[arg]; tv.Value != nil {
		return true
	}
	switch arg := ast.Unparen(arg).(type) {
	case *ast.UnaryExpr:
		_, variable := ast.Unparen(arg.X).(*ast.Ident)
		return arg.Op == token.AND && variable
	case *ast.Ident:
		target, ok := span.Target().(*ast.Ident)
		return ok && c.pass.TypesInfo.ObjectOf(arg) == c.pass.TypesInfo.ObjectOf(target)
	}
	return false
}

// wrapIteration puts what a loop does from the start of the span on into a
// function literal, so that the defer runs at the end of the iteration. That
// is the same only if nothing in there leaves the function or the loop.
func (c *checker) wrapIteration(span *spanflow.Span, end *ast.CallExpr) []analysis.SuggestedFix {
	d, ok := c.deferOf(end).(*ast.DeferStmt)
	if !ok {
		return nil
	}
	first, list := c.enclosing(span.Call())
	from := index(list, first)
	if from < 0 || index(list, d) < from || !c.isLoopBody(list) || len(list[from:]) <= 2 {
		return nil // with nothing but its start and its end, the span would measure nothing
	}
	for _, stmt := range list[from:] {
		if leaves(stmt, d) {
			return nil
		}
	}
	plan := c.planner.Plan(diag.File(c.pass, end.Pos()))
	plan.Wrap(first, list[len(list)-1], "func() {", "}()")
	return plan.Fixes("Run the iteration in a function, so that " + diag.Text(end.Fun) + " runs at its end")
}

// isLoopBody reports whether a list of statements is the body of a loop.
func (c *checker) isLoopBody(list []ast.Stmt) bool {
	path := c.around(list[0])
	for i, n := range path {
		if block, ok := n.(*ast.BlockStmt); ok && i+1 < len(path) && len(block.List) == len(list) && block.List[0] == list[0] {
			switch path[i+1].(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				return true
			}
			return false
		}
	}
	return false
}

// leaves reports whether a statement returns, jumps, has a label, or defers or
// recovers otherwise than by d. What stands in function literals is of no
// account, but for what d defers.
func leaves(stmt ast.Stmt, d *ast.DeferStmt) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.BranchStmt, *ast.LabeledStmt:
			found = true
		case *ast.DeferStmt:
			found = found || n != d
		}
		return !found
	})
	return found
}
