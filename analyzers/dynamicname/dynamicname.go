package dynamicname

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
	"github.com/tracevet/tracevet/analyzers/internal/edit"
	"github.com/tracevet/tracevet/analyzers/internal/rule"
	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/values"
)

//go:embed doc.go
var doc string

// Analyzer is the rule.
var Analyzer = rule.New(doc, run, values.Analyzer)

func run(pass *analysis.Pass) error {
	result := pass.ResultOf[values.Analyzer].(*values.Result)
	planner := edit.NewPlanner(pass)
	for _, use := range result.Unbounded(knowledge.SpanName) {
		report(pass, use, "span-name", "span name", "a span name", fixes(pass, planner, use))
	}
	for _, use := range result.Unbounded(knowledge.TracerName) {
		report(pass, use, "scope-name", "tracer name", "an instrumentation scope", nil)
	}
	for _, use := range result.Unbounded(knowledge.MeterName) {
		report(pass, use, "scope-name", "meter name", "an instrumentation scope", nil)
	}
	return nil
}

func report(pass *analysis.Pass, use *values.Use, category, what, makes string, fixes []analysis.SuggestedFix) {
	f := diag.Finding{Category: category, Fixes: fixes}
	part, arg := use.Part(), use.Arg()
	is := "contains"
	switch {
	case use.Formatter():
		f.Category = "formatter"
		what = fmt.Sprintf("%ss that %s makes", what, diag.Text(use.Call().Fun))
		is = "contain"
		f.Range = arg
		if part != nil {
			f.Range = part
		}
	case part != nil && (arg == nil || holds(arg, part)):
		if use.Wrapped() {
			what += " that " + diag.Text(use.Call().Fun) + " gets"
		}
		if arg != nil && ast.Unparen(arg) == part {
			is = "is"
		}
		f.Range = part
	default:
		// The value comes from elsewhere, most often through a variable.
		if use.Wrapped() {
			what += " that " + diag.Text(use.Call().Fun) + " gets"
		} else if id, ok := ast.Unparen(arg).(*ast.Ident); ok {
			what += " " + id.Name
		}
		f.Range = arg
		if part != nil {
			f.Related = analysis.RelatedInformation{Pos: part.Pos(), End: part.End(), Message: "this is " + use.Source().String()}
		}
	}
	source := use.Source().String()
	if part != nil {
		source = fmt.Sprintf("%s, %s", diag.Text(part), source)
	}
	f.Message = fmt.Sprintf("the %s %s %s, so each value of it makes %s of its own", what, is, source, makes)
	diag.Report(pass, f)
}

// holds reports whether part stands within e.
func holds(e, part ast.Expr) bool { return e.Pos() <= part.Pos() && part.End() <= e.End() }
