package dynamicname

import (
	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/passes/values"
)

func fixes(pass *analysis.Pass, planner *edit.Planner, use *values.Use) []analysis.SuggestedFix {
	return nil
}
