package silenterror

import (
	_ "embed"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
//
// TODO: add the analyzers of the passes that run asks.
var Analyzer = rule.New(doc, run)

func run(pass *analysis.Pass) error {
	// TODO: return here if the package cannot have the fault.

	planner := edit.NewPlanner(pass)
	for _, file := range pass.Files {
		for call := range faults(file) {
			// Have: call is at fault.
			diag.Report(pass, diag.Finding{
				Range:    call,
				Category: "todo-category",
				Message:  "TODO: the fault, the user's own names in it, so the consequence",
				Fixes:    fixes(planner, file, call),
			})
		}
	}
	return nil
}

// faults yields the calls in file that are at fault.
func faults(file *ast.File) func(yield func(*ast.CallExpr) bool) {
	return func(yield func(*ast.CallExpr) bool) {
		// TODO
	}
}
