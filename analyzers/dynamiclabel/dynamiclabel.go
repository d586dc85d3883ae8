package dynamiclabel

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/tracevet/tracevet/analyzers/internal/diag"
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
	seen := make(map[token.Pos]bool) // one value in the labels of several metrics is one fault
	for _, use := range result.Unbounded(knowledge.MetricLabel) {
		at := use.Part()
		if at == nil {
			at = use.Arg()
		}
		if use.Source() == knowledge.RunningCount && !countsMeasurements(pass, use, at) {
			continue
		}
		if !seen[at.Pos()] {
			seen[at.Pos()] = true
			report(pass, use, at)
		}
	}
	return nil
}

// countsMeasurements reports whether a count goes on with each measurement: it is taken in the
// function that measures. One that is handed to another function, or captured by a callback, may
// count what a program has few of, such as its exporters: OpenTelemetry's own SDK numbers them like that.
func countsMeasurements(pass *analysis.Pass, use *values.Use, at ast.Expr) bool {
	if knowledge.SinksOf(use.Callee()) == nil {
		return false
	}
	call := use.Call()
	for _, file := range pass.Files {
		if file.FileStart <= call.Pos() && call.Pos() < file.FileEnd {
			path, _ := astutil.PathEnclosingInterval(file, call.Pos(), call.End())
			for _, n := range path {
				switch n.(type) {
				case *ast.FuncLit, *ast.FuncDecl:
					return n.Pos() <= at.Pos() && at.End() <= n.End()
				}
			}
		}
	}
	return false
}

func report(pass *analysis.Pass, use *values.Use, at ast.Expr) {
	f := diag.Finding{Range: at, Category: "label"}
	as := "a label"
	if knowledge.HasAttributes(use.Callee()) {
		as, f.Category = "an attribute", "attribute"
	}
	if use.Source() == knowledge.TraceID {
		f.Category = "trace-id"
	}
	f.Message = fmt.Sprintf("%s gets %s, %s, as %s, so each value of it makes a time series of its own",
		diag.Text(use.Call().Fun), diag.Text(at), use.Source(), as)
	if call := use.Call(); at.Pos() < call.Pos() || call.End() < at.End() {
		f.Related = analysis.RelatedInformation{Pos: call.Pos(), End: call.End(), Message: "the measurement is made here"}
	}
	diag.Report(pass, f)
}
