package noshutdown

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/providers"
)

// renew gives the call that shuts a provider down a context that has not ended.
func (c *checker) renew(end *providers.End) []analysis.SuggestedFix {
	const message = "Shut down with a context of its own"
	plan := c.plan.Plan(diag.File(c.pass, end.Call.Pos()))
	if end.Origin != nil {
		// It has a timeout already, which only has to count from a fresh context.
		context := plan.Qualifier("context", "context", end.Origin.Pos())
		plan.Replace(end.Origin.Args[0], context+"Background()")
		return plan.Fixes(message)
	}
	if d, ok := end.Cur.Parent().Node().(*ast.DeferStmt); ok {
		context, time := plan.Qualifier("context", "context", d.Pos()), plan.Qualifier("time", "time", d.Pos())
		ctx, cancel := plan.FreshName("shutdownCtx", d.Pos()), plan.FreshName("cancel", d.Pos())
		if len(end.Call.Args) != 1 {
			return nil
		}
		plan.ReplaceStmt(d, fmt.Sprintf("defer func() {\n\t%s, %s := %sWithTimeout(%sBackground(), 5*%sSecond)\n\tdefer %s()\n\t%s(%s)\n}()",
			ctx, cancel, context, context, time, cancel, plan.Text(d.Call.Fun), ctx))
		return plan.Fixes(message)
	}
	for cur := range end.Cur.Enclosing() {
		stmt, ok := cur.Node().(ast.Stmt)
		if !ok {
			continue
		}
		switch cur.Parent().Node().(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
		default:
			continue // the init of an if
		}
		context, time := plan.Qualifier("context", "context", stmt.Pos()), plan.Qualifier("time", "time", stmt.Pos())
		ctx, cancel := plan.FreshName("shutdownCtx", stmt.Pos()), plan.FreshName("cancel", stmt.Pos())
		plan.InsertBefore(stmt, fmt.Sprintf("%s, %s := %sWithTimeout(%sBackground(), 5*%sSecond)\ndefer %s()", ctx, cancel, context, context, time, cancel))
		plan.Replace(end.Ctx, ctx)
		return plan.Fixes(message)
	}
	return nil
}
