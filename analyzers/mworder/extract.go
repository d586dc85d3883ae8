package mworder

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/routes"
)

// extract takes tracing out of the list that it is registered in, with others, and
// registers it by itself before dest. The others stay where they are: what comes
// before them today need not be made for them.
func (c *checker) extract(tracing, dest *routes.Event) []analysis.SuggestedFix {
	args := tracing.Call.Args
	sel, ok := ast.Unparen(tracing.Call.Fun).(*ast.SelectorExpr)
	if !ok || tracing.Kind != knowledge.AddMiddleware || tracing.Partial || tracing.Call.Ellipsis.IsValid() || len(args) < 2 || len(args) != len(tracing.List) {
		return nil
	}
	i := slices.IndexFunc(tracing.List, func(it *routes.Item) bool { return it.Class >= routes.Likely })
	if i < 0 || args[i] != tracing.List[i].Expr {
		return nil
	}
	stmt, list := c.statement(tracing.Call)
	to, others := c.statement(dest.Call)
	if call, ok := stmt.(*ast.ExprStmt); !ok || call.X != ast.Expr(tracing.Call) {
		return nil
	}
	if to == nil || len(list) == 0 || len(others) == 0 || list[0] != others[0] {
		return nil
	}
	if !c.movable(sel.X, stmt, to, list) || !c.movable(args[i], stmt, to, list) {
		return nil
	}
	plan := c.planner.Plan(diag.File(c.pass, stmt.Pos()))
	plan.InsertBefore(to, plan.Text(sel)+"("+plan.Text(args[i])+")")
	// The argument goes with the comma that parts it from its neighbour.
	if i+1 < len(args) {
		plan.Replace(span{args[i].Pos(), args[i+1].End()}, plan.Text(args[i+1]))
	} else {
		plan.Replace(span{args[i-1].Pos(), args[i].End()}, plan.Text(args[i-1]))
	}
	return plan.Fixes("Register tracing first")
}

// A span is a range of the source.
type span struct{ from, to token.Pos }

func (s span) Pos() token.Pos { return s.from }
func (s span) End() token.Pos { return s.to }
