package oldsemconv

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/edit"
)

// fixes returns the fixes of call, the safest one first, or nil if there is no
// safe one.
func fixes(planner *edit.Planner, file *ast.File, call *ast.CallExpr) []analysis.SuggestedFix {
	plan := planner.Plan(file)
	plan.Refuse() // TODO: plan the edits
	return plan.Fixes("TODO: an imperative that says the edit")
}
