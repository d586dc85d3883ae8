package silenterror

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// setStatus sets the status of the span after the call that records the error,
// if the error is in a variable.
func (c *checker) setStatus(call *ast.CallExpr) []analysis.SuggestedFix {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	id, ok := ast.Unparen(call.Args[0]).(*ast.Ident)
	if !ok {
		return nil
	}
	file := diag.File(c.pass, call.Pos())
	path, _ := astutil.PathEnclosingInterval(file, call.Pos(), call.End())
	if len(path) < 2 {
		return nil
	}
	stmt, ok := path[1].(*ast.ExprStmt)
	if !ok || !isPlain(sel.X) {
		return nil
	}
	plan := c.planner.Plan(file)
	status := c.status(plan, sel.X, id, stmt)
	plan.InsertAfter(stmt, status)
	return plan.Fixes(fmt.Sprintf("Set the status of %s, too", types.ExprString(sel.X)))
}

// status returns the call that sets the status, as it is spelled after at.
func (c *checker) status(plan *edit.Plan, span ast.Expr, err *ast.Ident, at ast.Node) string {
	qual := plan.AddImport(knowledge.CodesPackage, "codes", at.End())
	if qual != "" {
		qual += "."
	}
	return fmt.Sprintf("%s.SetStatus(%sError, %s.Error())", types.ExprString(span), qual, err.Name)
}

// isPlain reports whether an expression is a variable or a field of one, which
// can be written twice.
func isPlain(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isPlain(e.X)
	}
	return false
}

// postpone puts a deferred call into a function literal, which reads the
// variable when it runs. A recorded error makes no failure, so the literal
// sets the status as well.
func (c *checker) postpone(d *ast.DeferStmt, sel *ast.SelectorExpr, err *ast.Ident) []analysis.SuggestedFix {
	if !isPlain(sel.X) {
		return nil
	}
	plan := c.planner.Plan(diag.File(c.pass, d.Pos()))
	status := c.status(plan, sel.X, err, d)
	plan.ReplaceStmt(d, fmt.Sprintf("defer func() {\n\tif %s != nil {\n\t\t%s\n\t\t%s\n\t}\n}()", err.Name, types.ExprString(d.Call), status))
	return plan.Fixes(fmt.Sprintf("Defer a function that reads %s when it runs", err.Name))
}
